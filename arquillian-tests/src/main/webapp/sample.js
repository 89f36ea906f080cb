const byId = (id) => document.getElementById(id);

async function ask(path, options = {}) {
  const begin = performance.now();
  try {
    const response = await fetch(`api/${path}`, options);
    const text = response.status === 404 ? "nothing there" : await response.text();
    const took = Math.round(performance.now() - begin);
    return `${response.ok || response.status === 404 ? "" : "Refused: "}${text || "done"} (${took} ms)`;
  } catch (failure) {
    return `This server does not answer: ${failure.message}`;
  }
}

byId("cart").addEventListener("submit", async (event) => {
  event.preventDefault();
  const method = event.submitter.value;
  const options = { method };
  if (method === "PUT") {
    options.headers = { "Content-Type": "text/plain" };
    options.body = byId("value").value;
  }
  const path = `carts/${encodeURIComponent(byId("key").value)}`;
  byId("cart-answer").textContent = await ask(path, options);
});

byId("counter").addEventListener("submit", async (event) => {
  event.preventDefault();
  byId("counter-answer").textContent = await ask("counters/visits/increment", { method: "POST" });
});

const response = await fetch("api/node");
const node = response.ok ? await response.json() : {};
byId("node").textContent =
  `You are on ${node.name ?? "a server"}, process ${node.pid ?? "?"}. ${node.health ?? ""}`;
