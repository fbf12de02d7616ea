/** Words that a report may put for each other, a line for each group: general English, not the language of one record. */
export const SAME = `
aim goal objective purpose target intention
allow permit enable let
ask request
assist help aid support
avoid prevent avert
barrier obstacle impediment hurdle hindrance difficulty problem challenge issue
begin start commence launch initiate open kick
big large major great substantial considerable significant
build develop create construct
capability capacity ability
cause reason root origin
change alter modify transform shift
choose select pick
clear evident apparent
combat fight counter tackle address confront against
commit perpetrate
common shared joint
concern worry fear alarm apprehension warn caution risk danger
connection link relation relationship linkage tie association nexus interface
consequence result effect impact outcome influence
consider regard view see understand perceive deem treat describe call
continue remain persist keep stay still
country state nation national government
crucial critical vital essential key important central necessary fundamental indispensable paramount pivotal main
danger risk threat hazard
design devise plan draft
detention imprisonment incarceration custody deprivation
prison jail penitentiary
prisoner inmate detainee
discuss debate talk deliberate
distinct different diverse various varied
effort attempt endeavour work
elderly older aged
element component part aspect feature factor
employ use apply utilize deploy
end stop halt cease
encompass include comprise cover contain involve consist
equal same equivalent
establish create set found form introduce
evaluate assess measure appraise
evidence proof
exchange share
existing current present available
expand broaden widen extend scale increase grow
explain clarify
fast quick rapid swift speedy
few scarce little limited insufficient
find identify detect discover locate
focus concentrate centre
forum meeting conference session event
gap shortcoming deficiency weakness lack
give provide offer deliver supply grant furnish
group team set
growing increasing rising emerging
guarantee ensure secure assure safeguard
hamper hinder impede obstruct difficult difficulty
hear listen
hold organize take place
welcome appreciate appreciation praise commend satisfaction praised
concern worry warn caution alarm warning
criticize condemn deplore
oppose against opposition
favour support advocate prefer
refuse reject decline
adopt adoption
endorse endorsement support
agree agreement consensus
regret deplore
thank gratitude appreciation
demand call insist
border boundary frontier
improve enhance strengthen better reinforce bolster upgrade boost advance
enhance increase strengthen intensify greater stronger more
contribute help assist
before until prior
increase raise rise grow growth growing surge greater higher more
inform tell notify brief
involve engage participation participate include take part
involvement engagement participation
job employment work
keep maintain retain preserve hold reserve
know aware awareness
law legislation legal statute
lawyer attorney counsel
legislator lawmaker parliament
link connect relate associate tie
location place site area
lower less reduced fewer
money financial fund funding finance
need require necessary necessity requirement want
new novel recent emerging innovative
number amount quantity volume
offence crime offense
offender perpetrator criminal
old former previous past
people person individual human man
plan strategy strategic programme scheme
policeman police officer law enforcement
poor poverty
prosecute prosecution
promote foster encourage further advance support facilitate
promising good best effective successful positive
protect safeguard defend shield protection
publicize publish release
quality standard
quick prompt early
reduce decrease lower decline cut diminish lessen minimize minimise limit fall drop mitigate smaller
regular regularly usual usually typically normally often frequently
reintegrate reintegration resettle
relapse reoffend reoffending recidivism
relocate relocation move moving
resource means funds
respect uphold observe comply adhere
responsible accountable accountability responsibility
return recover recovery
reverse revert undo
role part function
rule regulation norm standard
safe secure safety security
schooling education educational teaching school
seize confiscate seizure
shape form
show demonstrate illustrate indicate reveal prove suggest
simple easy easily simplify easier accessible
specialist expert specialized expertise
spread disseminate distribute circulate dissemination
staff personnel officer employee worker
step measure action
strong robust powerful solid
suitable appropriate adequate proper fitting
swift fast quick rapid
task duty obligation
technique method methodology approach
technology technological technical digital
tool instrument
train training educate instruct
trend pattern tendency
trust confidence
understand grasp comprehend understanding
urgent pressing
use employ utilize utilise exploit resort
view opinion perspective perception perceive
violence violent abuse
vulnerable exposed susceptible vulnerability
ways means manner
whole entire overall full
willing ready willingness readiness
witness testimony testify
women female woman girl gender
men male man
worldwide global international globally
youth young
make produce generate manufacture create
fake counterfeit false falsified forged
carry implement execute operationalize realize implementation conduct undertake perform put
bring introduce
cooperate collaborate cooperation collaboration coordination coordinate partnership
gather collect collection compile
finish complete conclude
speed accelerate quicken hasten
call urge recommend suggest propose encourage advocate request want wish invite appeal
further more additional extra another
hard difficult challenge challenging difficulty
adapt tailor adjust customize
attain achieve reach realize accomplish
buy purchase procure
carry transport convey
cost expense price
damage harm injure hurt
decide determine
disclose reveal report
enlist recruit recruitment
enough sufficient adequate
flee escape
hide conceal
inequality disparity unequal
injury harm trauma
instance example case
journal journalist reporter press media
kill murder homicide killing
maximum most highest
minimum least lowest
migrant migration immigrant
modern contemporary
obtain gain acquire get receive
occur happen arise take
parent caregiver guardian
pay compensate compensation reimburse
perform do act
pillar theme
prior previous earlier
property asset
punishment penalty sanction
quantify measure count
rank prioritize priority prioritization
relevant pertinent applicable
remote distant rural
revenue proceeds profit
shortage lack scarcity
solve resolve settle
suffer experience undergo face
survey poll study
research study report analysis finding survey
teach educate train
tie bind
transfer hand handover
unify harmonize harmonise harmonization consistency
wealth assets
wide broad extensive comprehensive holistic
alone sole only itself own
last final
serve act function
start first initial
regularly routinely
disturb disrupt disruption
oversee supervise monitor oversight supervision monitoring
convert transform
underline emphasis focus
community society public
citizen public people
stay remain
handle deal manage treat address management
separate distinct
complement complementary reinforce reinforcing mutually
widespread common prevalent
devastating serious severe grave profound
obstacle hinder prevent obstruct deter discourage
uneven unequal inconsistent
`;
