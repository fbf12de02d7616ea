import { basesOf } from './stems.js';

/** Words that carry no claim of their own. */
const GLUE = new Set(
  `a an the this that these those such same other another others it its itself he him his himself she her hers herself they them their themselves there here who whom whose which what where when how why
of in on at by for with from to into onto upon within through throughout during between among amongst across over under about towards toward against along around regarding concerning respect regard regards regarded according per via than as like without up out off down together away back apart date including include includes included especially particularly notably namely inter alia eg ie etc respectively
and or but nor yet so while whereas although though however also further furthermore moreover additionally addition besides too both either then thus therefore hence if whether because since once despite notwithstanding even well instead rather
be is are was were been being am have has had having do does did doing done will would shall can could may might must should ought
not no very much quite just still already ever again later meanwhile finally overall generally mainly mostly largely primarily chiefly specifically general main particular certain
make makes made making take takes took taken taking get gets use used uses using way ways thing things means order view terms term context light basis part kind kinds sort sorts type form example examples instance instances case cases
said one ones both each some any all many most several few number various numerous only`
    .split(/\s+/u)
    .filter(Boolean),
);

/** Verbs and nouns with which a report says that something was said, none of which adds to what was said. */
const REPORTING = new Set(
  `note notes noted noting say says said saying state states stated stating statement statements highlight highlights highlighted highlighting stress stresses stressed stressing underline underlines underlined underlining underscore underscores underscored underscoring emphasize emphasizes emphasized emphasizing emphasise emphasises emphasised emphasising emphasis mention mentions mentioned mentioning report reports reported reporting point points pointed pointing observe observes observed observing observation describe describes described describing explain explains explained explaining present presents presented presenting presentation presentations discuss discusses discussed discussing discussion discussions address addresses addressed addressing raise raised raising refer refers referred referring reference recall recalls recalled recalling recognize recognizes recognized recognizing recognise recognised recognising acknowledge acknowledges acknowledged acknowledging consider considers considered considering elaborate elaborated elaborating share shares shared sharing remark remarked remarking indicate indicates indicated indicating express expressed expressing identify identified view viewed viewing see saw seen seeing inform informed informing told tell name named naming cite cited citing outline outlined outlining list listed listing speak spoke spoken speaking debate debated comment commented argue argued add added call called find found draw drew drawn attention bring brought put intervention interventions remarks detail detailed summarize summarized summary hear heard regard regarded showed show shown`
    .split(/\s+/u)
    .filter(Boolean),
);

/** People whose saying a report reports, whoever they are. */
const SPEAKERS = new Set(
  'speaker speakers participant participants delegate delegates delegation delegations panellist panellists panelist panelists intervention interventions discussion discussions debate debates session sessions meeting meetings'.split(
    ' ',
  ),
);

/** Verbs of everyday use that say little without what stands with them. */
const LIGHT = new Set(
  `become put turn keep give serve help want go come set let bring try start begin work run move play feel seem leave need mean follow look happen carry stand lie hold cover deal face form place stay remain belong concern affect benefit extra actual real own able`
    .split(' ')
    .flatMap((word) => basesOf(word)),
);

export function isLight(bases: readonly string[]): boolean {
  return bases.some((base) => LIGHT.has(base));
}

/** Decisions: only who decided may be said to have done so. */
const DECIDING = new Set(
  `decide decides decided decision decisions agree agrees agreed agreement adopt adopts adopted adoption approve approves approved approval resolve resolved endorse endorses endorsed endorsement conclude concluded pledge pledged promise promised vote voted enact enacted ratify ratified consensus unanimous unanimously order ordered mandate mandated authorize authorized authorise authorised abolish abolished ban banned ruled rule allocate allocated grant granted`
    .split(/\s+/u)
    .filter(Boolean),
);

/** What somebody thinks of something: that must be said of them. */
const ATTITUDES = new Set(
  `favour favours favoured favor favors favored favouring oppose opposes opposed opposing opposition criticize criticizes criticized criticise criticised criticism condemn condemns condemned deplore deplored welcome welcomes welcomed welcoming praise praises praised regret regrets regretted reject rejects rejected satisfaction dissatisfaction celebrate celebrated thank thanked thanks gratitude blame blamed accuse accused doubt doubted doubts deny denied warn warns warned warning refuse refused threaten threatened apologize apologized protest protested dispute disputed demand demanded insist insisted alarm alarmed disappointed disappointment congratulate congratulated reluctant`
    .split(/\s+/u)
    .filter(Boolean),
);

/** What a group of people is called that decides or speaks as one. */
const BODIES = new Set(
  `committee committees council councils commission commissions agency agencies office offices taskforce unit units network networks forum forums organization organizations organisation organisations institute institutes institution institutions panel panels board boards secretariat secretariats ministry ministries court courts tribunal tribunals bureau bureaus alliance alliances coalition coalitions body bodies association associations federation federations foundation foundations parliament parliaments assembly group groups centre centres center centers company companies union unions conference conferences congress academy university universities bank banks fund funds observatory convention conventions treaty treaties protocol protocols declaration resolution resolutions charter covenant`
    .split(/\s+/u)
    .filter(Boolean),
);

/** Who people are; one is not another. */
const PEOPLE = new Set(
  `judge judges prosecutor prosecutors lawyer lawyers police policeman policewoman victim victims survivor survivors witness witnesses child children youth youths woman women man men girl girls boy boys offender offenders prisoner prisoners inmate inmates detainee detainees journalist journalists teacher teachers doctor doctors nurse nurses migrant migrants refugee refugees parent parents farmer farmers minister ministers ambassador ambassadors diplomat diplomats director executive president chair chairperson secretary expert experts scientist scientists researcher researchers student students soldier soldiers terrorist terrorists trafficker traffickers smuggler smugglers whistleblower whistleblowers government governments business businesses donor donors volunteer volunteers elder elders leader leaders banker bankers politician politicians citizen citizens customer customers worker workers employer employers employee employees official officials officer officers guard guards observer observers minority minorities`
    .split(/\s+/u)
    .filter(Boolean),
);

export function isGlue(key: string): boolean {
  return GLUE.has(key) || key.length === 1;
}

export function isReporting(key: string): boolean {
  return REPORTING.has(key);
}

export function isSpeaker(key: string): boolean {
  return SPEAKERS.has(key);
}

/** Decisions and attitudes: only of whom the source has them may they be told. */
export function isStance(key: string): boolean {
  return DECIDING.has(key) || ATTITUDES.has(key);
}

/** Whether a word names bodies or people, for which no other may stand. */
export function isActor(key: string): boolean {
  return BODIES.has(key) || PEOPLE.has(key);
}
