// @ts-check
/** Does it really work? Drills: begun under guard, followed as they run, kept with their reports. */
import { html, nothing } from 'lit';
import { ConsoleProblem } from '../data/api.js';
import { day, duration, figure, plural } from '../format.js';
import { crashDrillAction, cutDrillAction, drillAction, pauseDrillAction, stopDrillAction } from '../panels/actions.js';
import { icon, stone } from '../shell/marks.js';
import { Page } from './page.js';

const POLL_MILLIS = 1000;
const TITLES = { drain: 'Drain', pause: 'Pause', cut: 'Cut', crash: 'Crash' };

export class DrillsPage extends Page {
  static properties = { drills: { state: true } };

  constructor() {
    super();
    this.drills = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.read(), POLL_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  firstUpdated() {
    this.read();
  }

  async read() {
    if (document.visibilityState !== 'visible') {
      return;
    }
    try {
      this.drills = await this.context.api.get('drills');
    } catch (problem) {
      if (!(problem instanceof ConsoleProblem)) {
        throw problem;
      }
      // The page's banner tells what is wrong; what was read stays.
    }
  }

  render() {
    const { live, look } = this.context;
    const members = live.view.members.filter((member) => member.role === 'data');
    return html`
      ${this.renderTitle('Drills', 'Done for real, one at a time, ended by themselves within two minutes')}
      <section class="card" aria-labelledby="begin-title"><div class="head"><h2 id="begin-title">Begin a drill</h2></div>
        <div class="body"><p><b>Drain:</b> a member hands over everything it holds, in good order, and takes its share again. No operation should fail, and no partition should have fewer copies meanwhile. It ends early when a failover begins.</p>
          <p><b>Pause:</b> a member renews its lease no more for 2 s, as in a long garbage collection. It should be suspended, its backups should take over, and it should come back; nothing should be lost. The member itself ends it.</p>
          <p><b>Cut</b> and <b>crash:</b> for 3 s nothing goes to a member or comes from it; or its node ends as if it had been killed, and begins again without data. Its backups should take over, it should come back, and nothing should be lost. Only where the member's own settings allow it: <code>henge.drills.cut=true</code>, <code>henge.drills.crash=true</code>.</p>
          <p>All are refused while anything is not in sync.</p></div>
        <ul class="notes">${members.map((member) => html`<li class="row"><span class="who">${stone(look.labels.get(member.id), look.colours.get(member.id))}${member.name}</span>
          <span class="hint">leads ${figure(member.primaries)}, backs up ${figure(member.backups)}</span><span class="space"></span>${drillAction(member, this.context)}${pauseDrillAction(member, this.context)}${cutDrillAction(member, this.context)}${crashDrillAction(member, this.context)}</li>`)}</ul>
      </section>
      ${this.drills.length
        ? this.drills.map((drill) => this.renderReport(drill))
        : html`<section class="card blank">${icon('clock')}<h2>No drill so far</h2><p>Reports of the last 20 are kept until the console is deployed again.</p></section>`}`;
  }

  renderReport(drill) {
    const tone = drill.state !== 'over' ? 'warn' : drill.passed ? 'ok' : 'bad';
    const line = (what, expected, measured) => html`<tr><th scope="row">${what}</th><td>${expected}</td><td>${measured}</td></tr>`;
    const time = (millis) => (millis === undefined ? '–' : duration(millis));
    return html`
      <section class="card drill" data-drill=${drill.id} data-state=${drill.state}>
        <div class="head wrap"><h2>${TITLES[drill.kind]} of ${drill.member}</h2><span class="chip ${tone}">${drill.state !== 'over' ? drill.state : drill.passed ? 'as expected' : 'not as expected'}</span>
          <span class="hint">${day(drill.at)}, by ${drill.who || 'nobody'}, from slot ${figure(drill.slot)}</span><span class="space"></span>
          ${drill.state === 'draining' ? stopDrillAction(drill, this.context) : nothing}
          <button class="button small" @click=${() => save(drill)}>Export</button></div>
        ${drill.verdict ? html`<p class="verdict">${drill.verdict}</p>` : nothing}
        <table class="grid list"><thead><tr><th scope="col">What</th><th scope="col">Expected</th><th scope="col">Measured</th></tr></thead><tbody>
          ${drill.kind !== 'drain'
            ? html`${line('Taken for silent, suspended', drill.kind === 'crash' ? 'at once, or after the usual silence' : 'after the usual silence', time(drill.suspendedMs))}
              ${line('Primaries moved', figure(drill.expected.primaries), drill.primariesMoved === undefined ? '–' : figure(drill.primariesMoved))}
              ${line('Writes paused', drill.expected.pauseMs === undefined ? 'no failover yet to judge from' : `≈ ${duration(drill.expected.pauseMs)}`, time(drill.pauseMs))}
              ${line('Partitions lost', '0', drill.partitionsLost === undefined ? '–' : figure(drill.partitionsLost))}`
            : html`${line('Primaries handed over', figure(drill.expected.primaries), time(drill.handedOverMs))}
              ${line('Copies made elsewhere', plural(drill.expected.copies, 'copy', 'copies'), time(drill.emptyMs))}`}
          ${line('Its share is back, all in sync', 'within 60 s', time(drill.returnedMs))}
          ${line('Fewest in-sync copies of a partition', figure(drill.expected.fewestCopies), figure(drill.fewestCopies))}
          ${line('Failovers meanwhile', drill.kind === 'drain' ? '0' : '1', figure(drill.failovers))}
          ${drill.probe
            ? html`${line('Probe: longest operation', drill.expected.pauseMs === undefined ? '–' : `≈ ${duration(drill.expected.pauseMs)}`, duration(drill.probe.longestMs))}
              ${line('Probe: tried again', '–', plural(drill.probe.retries, 'time', 'times'))}
              ${line('Probe: operations failed', '0', figure(drill.probe.failed))}
              ${line('Probe: lost', '0', proof(drill.probe))}`
            : nothing}</tbody></table>
      </section>`;
  }
}

/** What was lost, and how that is known. */
function proof(probe) {
  const keys = `one key in each of ${figure(probe.partitions)} of its partitions`;
  return probe.lost || !probe.verified
    ? `${figure(probe.lost)}${probe.verified ? '' : ', not read again at the end'}: ${keys}`
    : `0: ${keys} had its last acknowledged value in all ${plural(probe.reads, 'read', 'reads')}, the last after all ${plural(probe.writes, 'write', 'writes')}`;
}

/** Gives the reader a report as a file. */
function save(drill) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(drill, null, 2)], { type: 'application/json' }));
  link.download = `drill-${drill.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

customElements.define('henge-drills-page', DrillsPage);
