import { basesOf } from '../check/index.js';
import { type NearWords, nearWords } from '../wordnet/index.js';

/**
 * How people say what official reports say: a word of either, and words that the other may have for it. Written from general
 * knowledge of English on crime, justice, money, technology and public affairs, without regard to any one record or its questions.
 */
const EVERYDAY = `
kid: child children minor juvenile youngster youth teenager teen adolescent boy girl underage
baby: infant newborn toddler; mum: mom dad mother father parent caregiver guardian family
relative: kin family household; guy: man people person individual
folk: people person individual public citizen resident; ordinary: public citizen community population
neighbour: neighbourhood community local; cop: police officer law enforcement
spy: surveillance intelligence monitor; crook: criminal offender perpetrator gangster gang
thug: criminal violent gang; mob: mafia gang organized group; gang: group organized criminal network
baddie: criminal offender; inmate: prisoner detainee convict prison
jail: prison detention custody imprison incarceration penitentiary correctional
lock: detain detention imprison custody incarcerate; bars: prison imprisonment; guard: officer staff custodial
parole: release conditional probation; fine: penalty sanction sentence
trial: court judicial proceedings hearing; judge: judiciary judicial magistrate court
lawyer: attorney counsel legal advocate prosecutor defence; sue: litigation court civil
guilty: convicted conviction culpable; innocent: acquitted presumption; verdict: judgment decision conviction
crime: offence offense criminal; break: breach violate violation; rule: regulation law norm standard
steal: theft rob robbery burglary; stealing: theft; rob: robbery theft; scam: fraud deception swindle
con: fraud deception; cheat: fraud deceive; trick: deceive deception fraud; bribe: bribery corruption corrupt
crooked: corrupt corruption; dodgy: illicit illegal suspicious; dirty: illicit laundering proceeds
loot: proceeds stolen assets; launder: laundering proceeds; cash: money financial fund currency
bank: financial institution; tax: revenue fiscal; rich: wealth wealthy; poor: poverty vulnerable disadvantaged
broke: poverty; cheap: affordable; pricey: expensive costly; pay: payment fund finance cost salary
wage: salary remuneration pay; buy: purchase procure procurement acquire; sell: sale trade market vend supply
shop: market retail business; boss: leader chair head director manager; chief: head director
worker: staff employee personnel labour; job: employment work occupation
firm: company business corporation private enterprise sector
company: business private corporate enterprise firm; gun: firearm weapon arm; weapon: firearm arm
bomb: explosive terrorist attack; kill: murder homicide death; dead: death fatal victim
die: death mortality fatal; hurt: harm injure injury victim; beat: assault violence abuse
hit: assault attack strike; bully: harass harassment intimidation; threat: intimidation threaten
scare: fear intimidate; scared: fear afraid; rape: sexual violence assault; touch: abuse sexual; sex: sexual
porn: pornography sexual abuse material; woman: female gender girl; gay: sexual orientation
wife: spouse partner; husband: spouse partner; beating: violence domestic abuse
slave: slavery trafficking forced exploitation; smuggle: smuggling trafficking illicit
smuggler: smuggling trafficking; traffic: trafficking; drug: narcotic substance; dope: drug
addict: addiction dependence drug treatment; booze: alcohol; rehab: rehabilitation treatment
rehabilitate: rehabilitation reintegration reintegrate resocialize; relapse: recidivism reoffend reoffending
reoffend: recidivism reoffending; straight: rehabilitation; snitch: informant whistleblower witness
tip: report information; tell: report inform disclose; hide: conceal anonymity; hidden: concealed anonymous
secret: confidential anonymous encrypted; hacker: hacking cybercrime cyber; hack: cybercrime cyber intrusion
online: internet digital cyber web virtual; internet: online digital cyber web; web: online internet
net: internet; computer: digital technology electronic cyber ict; phone: mobile telephone device
app: application platform software; website: platform online web
tech: technology digital innovation technological; technology: technological digital tech
gadget: device technology tool; machine: automated artificial technology
robot: artificial intelligence automated; ai: artificial intelligence algorithm
algorithm: artificial intelligence automated; crypto: cryptocurrency virtual assets
bitcoin: cryptocurrency virtual assets; video: videoconference virtual footage
zoom: videoconference virtual remote online; remote: virtual online videoconference
camera: surveillance monitoring; fake: counterfeit falsified false fraudulent
medicine: pharmaceutical medical product drug; doctor: medical health physician; nurse: health medical
hospital: health medical care; sick: illness disease health; ill: sick disease health
virus: pandemic covid coronavirus; covid: pandemic coronavirus; pandemic: covid; jab: vaccine vaccination
shot: vaccine; lockdown: pandemic restriction; mental: psychological psychosocial; crazy: mental
animal: wildlife fauna species; wildlife: animal fauna species; poach: poaching wildlife
tree: forest timber logging; wood: timber forest; fish: fishing fishery marine; sea: maritime marine ocean
boat: vessel ship maritime; ship: vessel maritime; rubbish: waste; trash: waste garbage; garbage: waste
pollution: environment environmental waste; nature: environment environmental; green: environmental
climate: environmental environment; mine: mining mineral; gold: mineral precious metal
art: cultural property heritage; museum: cultural heritage; antique: antiquities cultural property heritage
church: religious religion faith; religion: religious faith belief; mosque: religious
hate: hatred discrimination intolerance xenophobia racism; racist: racism racial discrimination
race: racial ethnic; minority: ethnic indigenous; tribe: indigenous; native: indigenous
foreigner: migrant foreign alien; immigrant: migrant migration; refugee: asylum migrant displaced
border: frontier customs; abroad: overseas foreign international; overseas: foreign abroad
foreign: international; worldwide: global international transnational
global: international transnational worldwide; country: state nation national
government: state authority authorities public; authorities: government public officials
official: public officer authorities; politician: political parliament government
parliament: legislature legislative lawmaker; lawmaker: legislator parliament legislature
vote: election ballot; minister: ministerial government; embassy: mission diplomatic
diplomat: ambassador representative delegate; delegate: representative participant delegation
speaker: panellist participant expert presenter; expert: specialist panellist
meeting: session conference forum; talk: discussion debate session; talks: negotiation discussion meeting
chat: discussion; gathering: meeting conference event; side: event; agree: consensus agreement
deal: agreement treaty arrangement; treaty: convention agreement instrument; pact: agreement convention treaty
promise: commitment pledge undertake; pledge: commitment; sign: ratify signature accession
join: accede participate member; rulebook: guideline standard regulation
handbook: manual guide guideline toolkit; guide: guideline manual handbook; checklist: tool guideline
training: capacity building education; teach: education training educate; lesson: learn education
school: education educational student; student: education university academic
university: academia academic research; teacher: education educator; class: education
campaign: awareness outreach; ad: advertisement awareness campaign; advertise: advertisement
spread: disseminate awareness; news: media press journalist; newspaper: media press
reporter: journalist media; charity: civil society donor; ngo: civil society organization
volunteer: civil society voluntary; activist: civil society defender; help: assistance support aid
helping: assistance support; team: cooperation group joint
teamwork: cooperation coordination collaboration partnership
together: joint cooperation collaboration coordination partnership; share: exchange information
swap: exchange; handover: extradition surrender transfer; send: transfer extradite return refer
return: repatriate recovery restitution; back: return recover
seize: confiscate freeze forfeiture confiscation; grab: seize confiscate; freeze: seize confiscation assets
owner: ownership beneficial; shell: front company beneficial ownership; front: shell company
offshore: jurisdiction foreign; track: trace tracking tracing; trace: tracing track
catch: arrest apprehend detect capture; arrest: apprehend detention; nab: arrest apprehend
bust: arrest dismantle seize; raid: operation search; probe: investigation investigate inquiry
look: investigate examination; detective: investigator investigation; clue: evidence lead; proof: evidence
fingerprint: biometric forensic; dna: forensic biometric; lab: laboratory forensic
question: interview interrogation; grill: interrogation interview; confess: confession; torture: cruel
mistreat: abuse; abuse: violence exploitation; witness: testimony testify; testify: testimony witness
victim: survivor injured; survivor: victim; compensation: redress reparation restitution
sorry: apology restorative; forgive: restorative reconciliation; mediate: mediation restorative
mediation: restorative; fair: equitable just impartial equal; unfair: bias discrimination unjust
bias: discrimination prejudice; equal: equality equitable; right: rights entitlement; privacy: data protection
private: privacy confidential; personal: data privacy; data: information statistics
number: statistics data figure; stats: statistics data; count: statistics; survey: questionnaire study data
study: research survey analysis; research: study academic evidence; find: finding result
trend: pattern development; rise: increase growth surge; up: increase rise; drop: decrease decline reduction
down: decrease decline; fewer: reduction decrease; worse: deteriorate exacerbate aggravate
better: improve improvement enhance; fix: address resolve remedy; solve: address resolve solution
tackle: address combat counter fight; fight: combat counter tackle suppress; battle: combat fight
stop: prevent prevention stem halt curb end; prevent: prevention preventive stop; block: prevent obstruct
ban: prohibit prohibition; allow: permit authorize; force: coercion compel; forced: coercion compulsory
danger: risk threat; risky: risk danger vulnerable; safe: safety security secure
protect: protection safeguard; shield: protect protection; weak: vulnerable fragile
trouble: problem challenge difficulty conflict; problem: challenge issue difficulty obstacle
issue: challenge problem; hurdle: obstacle challenge barrier; worry: concern
idea: proposal recommendation suggestion; suggest: recommend proposal propose; advice: recommendation guidance
recommend: recommendation suggestion; plan: strategy action programme; scheme: programme project
project: programme initiative; programme: initiative project scheme; step: measure action
rollout: implementation; use: application implement utilize; run: operate manage administer; set: establish
start: launch initiate establish; end: conclude close terminate; finish: complete conclude; late: delay
slow: delay lengthy; wait: delay backlog; backlog: delay overload; crowded: overcrowding overcrowded
overcrowded: overcrowding; full: overcrowding; food: nutrition meal; hungry: food; water: sanitation
home: house housing residence; homeless: housing shelter; house: housing home; shelter: accommodation refuge
room: space facility; building: facility premises infrastructure; place: location site venue
city: urban town municipal; town: urban municipal city; village: rural; countryside: rural
street: public urban; road: transport; car: vehicle; truck: vehicle transport; plane: aircraft aviation air
airport: air aviation customs; travel: trip movement passenger; passport: travel document identity
id: identity identification document; paper: document documentation
paperwork: documentation administrative bureaucracy; form: document; sport: sports athletic competition
football: sport; match: sport competition manipulation; game: sport gaming; bet: betting gambling
gamble: gambling betting; music: art culture; terror: terrorism terrorist extremism
terrorist: terrorism extremist; extremist: extremism radicalization terrorist
radical: radicalization extremism; brainwash: radicalization; recruit: recruitment; war: conflict armed
army: military armed force; soldier: military armed; fighter: combatant foreign terrorist; peace: peaceful
mail: post postal parcel; parcel: post package shipment; package: parcel shipment
shipping: shipment container maritime; container: shipment cargo; label: labelling packaging
quick: swift prompt rapid expeditious; fast: rapid swift prompt; speed: expedite accelerate
urgent: pressing immediate; big: major large significant substantial; huge: enormous massive significant
small: minor limited; more: increase additional further; lack: insufficient shortage absence
shortage: lack insufficient; enough: sufficient adequate; want: seek request need
need: require requirement necessary; must: obligation require; should: recommend; goal: objective target aim
aim: objective goal purpose; kidnap: kidnapping abduction hostage; kidnapper: kidnapping abduction
hostage: kidnapping abduction; ransom: extortion ransomware kidnapping; blackmail: extortion
extort: extortion; pirate: piracy copyright; copy: counterfeit reproduction
brand: trademark intellectual property; patent: intellectual property; date: anniversary
birthday: anniversary; yearly: annual; monthly: periodic; regular: periodic
check: monitor inspect verify review examination; inspect: inspection monitor
watch: monitor surveillance oversight; oversight: supervision monitoring accountability
watchdog: oversight independent body; independent: impartial autonomy; transparent: transparency openness
open: transparent transparency; honest: integrity transparency; honesty: integrity
blame: accountability responsibility liability; responsible: accountable accountability liability
punish: punishment penalty sanction sentence; punishment: sentence penalty sanction; harsh: severe punitive
strict: severe stringent tough; tough: severe stringent strict; soft: lenient; execute: execution
life: imprisonment; tag: electronic monitoring; bail: pretrial release; pretrial: remand detention
remand: pretrial detention; translate: translation interpretation language
interpreter: interpretation translation language; language: interpretation translation multilingual
disabled: disability impairment; blind: disability impairment; wheelchair: disability accessibility
access: accessibility availability
`;

/** How far such a word says the other; .4, .6 and .8 were tried. */
const STRENGTH = 0.8;

let read: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** By stem, the stems of the words that may stand for it. Read at the first call: only a search without a sidecar asks. */
function everyday(): ReadonlyMap<string, ReadonlySet<string>> {
  read ??= readEveryday();
  return read;
}

function readEveryday(): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  const note = (stem: string, other: string) => known.set(stem, (known.get(stem) ?? new Set()).add(other));
  for (const entry of EVERYDAY.trim().split(/[;\n]/u)) {
    const [word = '', others = ''] = entry.split(':');
    const [stem = ''] = basesOf(word.trim());
    for (const other of others.trim().split(' ')) {
      const [otherStem = ''] = basesOf(other);
      note(stem, otherStem);
      note(otherStem, stem);
    }
  }
  return known;
}

/** Words that may stand for each other between everyday and official English, and words that WordNet defines alike. */
export const ALIKE: NearWords = {
  of: (stem) => [
    ...[...(everyday().get(stem) ?? [])].map((other) => [other, STRENGTH] as const),
    ...nearWords().of(stem),
  ],
};
