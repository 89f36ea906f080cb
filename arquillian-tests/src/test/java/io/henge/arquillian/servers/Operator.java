package io.henge.arquillian.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Somebody who may act on the console of a server.
 *
 * @param users the file of users, which knows only them
 */
public record Operator(Path users) {

  /** Their name. */
  public static final String NAME = "ada";

  private static final String PASSWORD = "a ring of stones";
  private static final int ITERATIONS = 10_000;
  private static final int HASH_BITS = 256;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Writes the file of users, as docs/console.md describes it, into a directory. */
  public static Operator write(Path directory) throws IOException {
    byte[] salt = "salt of the tests".getBytes(StandardCharsets.US_ASCII);
    Base64.Encoder encoder = Base64.getEncoder();
    String hash =
        ITERATIONS + "$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash(salt));
    return new Operator(
        Files.writeString(directory.resolve("users"), NAME + ":operator:" + hash + "\n"));
  }

  private static byte[] hash(byte[] salt) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, ITERATIONS, HASH_BITS))
          .getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has it", impossible);
    }
  }

  /** What a server needs to know them. */
  public Map<String, String> settings() {
    return Map.of("henge.console.login", "form", "henge.console.users", users.toString());
  }

  /** Logs in to the console of a server, and waits for its first page. */
  public void logIn(ChromeDriver driver, PayaraNode server) {
    // Browsers keep the session's cookie, which is for HTTPS, without it for this name only.
    driver.get(server.console().toString().replace("127.0.0.1", "localhost"));
    await(driver, "document.querySelector('form [name=password]')");
    driver.findElement(By.name("name")).sendKeys(NAME);
    driver.findElement(By.name("password")).sendKeys(PASSWORD);
    driver.findElement(By.cssSelector("form button")).click();
    await(driver, "document.body?.dataset.ready");
  }

  private static void await(ChromeDriver driver, String expression) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(expression)
        .until(
            page ->
                Boolean.TRUE.equals(driver.executeScript("return Boolean(" + expression + ")")));
  }
}
