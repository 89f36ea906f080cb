// @ts-check
/** Buttons of operators; each opens the dialog that shows the consequence first. Pure templates. */
import { html, nothing } from 'lit';
import { figure } from '../format.js';
import './action-dialog.js';

/** The one operation that needs no majority. */
const FOUND_AGAIN = 'foundAgain';

/** Why somebody cannot do something now, or an empty text. */
export function whyNot({ user, route, live }, operation) {
  if (route.slot !== null) {
    return 'this is the past';
  }
  if (live.connection === 'lost' || live.problem) {
    return 'the console is not live';
  }
  if (live.cluster.health.code === 'NO_QUORUM' && operation !== FOUND_AGAIN) {
    return 'this side has no quorum';
  }
  if (!user?.roles.includes('operator')) {
    return 'needs role operator';
  }
  return operation && !user.operations.includes(operation) ? 'this version of Henge cannot do it' : '';
}

/** A button that is there also for those who may not, and says why. */
function button(context, operation, words, action, tone = '', otherwise = '') {
  const reason = whyNot(context, operation) || otherwise;
  return html`<button class="button ${tone}" ?disabled=${reason !== ''} title=${reason || nothing} @click=${() => context.act(action)}>${words}${reason ? html`<span class="sr">, ${reason}</span>` : nothing}</button>`;
}

/** What can be done with a member. */
export function memberActions(member, context) {
  const path = `members/${encodeURIComponent(member.id)}`;
  const drain = member.state === 'draining'
    ? button(context, 'undrain', 'End drain', { title: `End the drain of ${member.name}?`, text: 'It may hold partitions again; copies move back to it little by little.', path: `${path}/undrain`, onView: true, verb: 'End drain' })
    : button(context, 'drain', 'Drain…', { title: `Drain ${member.name}?`, text: 'It hands over what it holds in good order and stays a member until it is stopped.', path: `${path}/drain`, onView: true, verb: 'Drain', outlook: { stop: [member.id], how: 'drain' } });
  const leads = member.leader
    ? button(context, 'stepDown', 'Hand over the lead…', { title: `Let ${member.name} hand over the lead?`, text: 'Another voter that is active leads the metadata at once. No partition moves and no operation on a cache waits; only changes of the cluster do, for some milliseconds.', path: `${path}/step-down`, onView: true, verb: 'Hand over' })
    : nothing;
  return html`${drain}${button(context, 'setWeight', 'Weight…', { title: `Weight of ${member.name}`, text: 'Its share of the copies, relative to the others. Copies move until the shares fit.', path: `${path}/weight`, onView: true, verb: 'Set weight', field: { name: 'weight', label: 'Weight', value: String(member.weight), number: true } })}${leads}`;
}

/** To let an in-sync backup of a partition lead it. */
export function primaryAction(number, member, before, context) {
  const text = `Writes of partition ${number} pause for moments; none fails. ${member.name} leads ${figure(member.primaries + 1)} partitions then (now ${figure(member.primaries)}), ${before.name} ${figure(before.primaries - 1)} (now ${figure(before.primaries)}). It lasts until members come, go or change their weights, or another member leads the voters: then the load is made even again, unless rebalancing is paused.`;
  return button(context, 'movePrimary', 'Promote…', { title: `Make ${member.name} the primary of partition ${number}?`, text, path: `partitions/${number}/primary`, body: { member: member.id }, onView: true, verb: 'Move primary' }, 'small');
}

/** To drain a member for a while. */
export function drillAction(member, context) {
  return button(context, 'drain', 'Drain…', { title: `Drain drill of ${member.name}?`, text: 'It hands over what it holds in good order, and takes its share again when it is empty, after 60 s at the latest.', path: 'drills', body: { member: member.id, kind: 'drain' }, onView: true, verb: 'Begin', outlook: { stop: [member.id], how: 'drain' } }, 'small');
}

/** To have a member stand still for two seconds, as to its lease. */
export function pauseDrillAction(member, context) {
  return button(context, 'holdRenewals', 'Pause…', { title: `Pause drill of ${member.name}?`, text: 'It renews its lease no more for 2 s, as in a long garbage collection: it is suspended, its backups take over after the pause below, and it comes back by itself. Writes to its partitions wait meanwhile; none is lost.', path: 'drills', body: { member: member.id, kind: 'pause' }, onView: true, verb: 'Begin', outlook: { stop: [member.id], how: 'crash' } }, 'small');
}

/** Of a drill that the member has to allow; not of the one that tells of it. */
function dangerousDrill(member, context, operation, words, kind, text) {
  const otherwise = member.self ? 'it could not tell of it: use the console of another member' : '';
  return button(context, operation, words, { title: `${words.slice(0, -1)} drill of ${member.name}?`, text, path: 'drills', body: { member: member.id, kind }, onView: true, verb: 'Begin', danger: true, confirm: true, outlook: { stop: [member.id], how: 'crash' } }, 'small', otherwise);
}

/** To cut a member off from the others for three seconds. */
export function cutDrillAction(member, context) {
  return dangerousDrill(member, context, 'cutDrill', 'Cut…', 'cut', 'For 3 s it drops all that it sends to the others and hears from them. It is suspended, its backups take over after the pause below, and it comes back by itself. What its own application asks of caches waits meanwhile, or fails. Refused unless henge.drills.cut=true is set there.');
}

/** To have a member's node end as if its process had been killed. */
export function crashDrillAction(member, context) {
  return dangerousDrill(member, context, 'crashDrill', 'Crash…', 'crash', 'Its node ends without a goodbye, as if the process had been killed, and begins again as a new member without data; the application runs on. What the application is asking of caches at that moment fails. Its backups take over after the pause below, and all of its copies are made again. Refused unless henge.drills.crash=true is set there.');
}

/** To end a drill early. */
export function stopDrillAction(drill, context) {
  return button(context, 'undrain', 'Stop…', { title: `Stop the drill of ${drill.member}?`, text: 'The member takes its share again at once.', path: `drills/${drill.id}/stop`, verb: 'Stop' }, 'small');
}

/** What can be done with a cache. */
export function cacheActions(cache, context) {
  const path = `caches/${encodeURIComponent(cache.name)}`;
  return html`
    ${button(context, '', 'Reset statistics', { title: `Reset the statistics of ${cache.name}?`, text: 'What this server counted for it begins at zero again. Entries stay.', path: `${path}/statistics/reset`, verb: 'Reset' })}
    ${button(context, 'clearCache', 'Clear…', { title: `Clear ${cache.name}?`, text: `Every entry of this cache is removed in the whole cluster (${cache.localEntries} in this member's copies alone). This cannot be undone.`, path: `${path}/clear`, verb: 'Clear', danger: true, confirm: true })}`;
}

/** Whether copies move to make the load even. */
export function rebalancingActions(context) {
  return html`
    ${button(context, 'pauseRebalancing', 'Pause rebalancing', { title: 'Pause rebalancing?', text: 'Copies that are missing are still made again; nothing moves only to make the load even.', path: 'rebalancing/pause', onView: true, verb: 'Pause' })}
    ${button(context, 'resumeRebalancing', 'Resume rebalancing', { title: 'Resume rebalancing?', text: 'Copies move again until the load is even.', path: 'rebalancing/resume', onView: true, verb: 'Resume' })}`;
}

/** To found again what is left, where this side has no majority and the others are gone for good. */
export function foundAgainAction(context) {
  const { name } = context.live.cluster;
  return button(context, FOUND_AGAIN, 'Found again…', {
    title: `Found ${name} again with what is left?`,
    text: 'Only if a majority of the voters will never come back: if they do, everything goes on by itself, and nothing is lost. The members that are left become another cluster of the same name, with the entries of which they hold a copy in sync.',
    path: 'found-again', onView: true, verb: 'Found again', danger: true, confirm: true, survivors: true,
    tick: { name: 'othersDead', label: 'The other members are dead: their processes are stopped and will not start again' },
  }, 'small');
}

/** To say that a failing check is known and meant. */
export function suppressAction(check, context) {
  return check.state === 'suppressed'
    ? button(context, '', 'Report it again', { title: 'Report this check again?', text: check.title, path: `checks/${check.id}/report`, verb: 'Report' }, 'small')
    : button(context, '', 'Suppress…', { title: 'Suppress this check?', text: `${check.title}. It stays in the list, but is not reported as failing.`, path: `checks/${check.id}/suppress`, verb: 'Suppress', field: { name: 'reason', label: 'Reason', value: '' } }, 'small');
}
