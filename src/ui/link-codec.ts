/** What reading and writing links needs, in one piece that is loaded when a link is read or first written. */
export { parseScenario } from '../scenario/codec.ts';
export { mayTravel } from '../scenario/hierarchy-link.ts';
export { encodeLink, needsScenarioFile, openLink } from '../scenario/link.ts';
