/**
 * Common given names: before the colon the spellings of one name, after it its short forms. A short form may be that of several
 * names (Alex, Chris), which does not make those names one.
 */
const GROUPS = `
abigail: abby abbie gail
abraham ibrahim: abe bram
adrian
agnes: aggie
albert: al bert bertie
alejandro: alex ale jandro
alejandra: alex ale
alexander aleksandr oleksandr aleksander alexandr aleksandar: alex al lex sandy sasha xander zander
alexandra aleksandra: alex lexi sandra sandy sasha
alexei alexey aleksey aleksei oleksiy: alyosha lyosha
alfred: al alf fred
alfredo: fredo
alison allison alyson: ali allie
amanda: mandy mindy
andrew andrei andrey andrii: andy drew
angela: angie
ann anne: annie nan nancy
anna ana: annie anya
anthony antony: tony
antonio: tony tono
archibald: archie
arthur: art artie
augustus: gus augie
barbara: barb barbie babs
bartholomew: bart
beatrice beatrix: bea trixie
beatriz: bea
benjamin: ben benny benji
bernard: bernie
bradley: brad
bridget: biddy bridie
brian bryan
caroline carolyn: carrie carol caro
catherine katherine kathryn catharine katharine cathryn kathrine: kate katie cathy kathy kat kit kitty katy cate
ekaterina yekaterina kateryna: katya
cecilia: cece
charles: charlie chuck chaz chas
charlotte: lottie charlie char
christian: chris
christina kristina cristina: chris tina chrissy christy kristy
christine kristine: chris chrissy christy kristy
christopher kristopher cristopher: chris kit topher
clarence: clare
clifford: cliff
clinton: clint
concepcion: concha conchita
consuelo: chelo
cornelius: neil neal connie
curtis: curt
cynthia: cindy
daniel: dan danny
david: dave davey
deborah debra: deb debbie
dennis denis
dmitri dmitry dmitriy dimitri dimitry: dima mitya
dolores: lola lolita
dominic dominick: dom nick
donald: don donnie
dorothy dorothea: dot dottie dolly
douglas: doug
edward: ed eddie ned ted teddy
eduardo: lalo edu
edwin: ed eddie
eleanor elinor: ellie nell nellie nora
elizabeth elisabeth: liz lizzie beth betty betsy bess eliza libby liza ellie elsie
emily emilie: em emmy
enrique: quique kike
ernest: ernie
ernesto: neto
eric erik
esperanza: pera
esther ester: essie
eugene: gene
evgeny yevgeny evgeniy yevgeniy evgeni: zhenya
evelyn: evie
florence: flo florrie
francis: frank fran
frances: fran fanny frankie francie
francisco: paco pancho cisco kiko
francisca: paca paquita
franklin: frank
frederick fredrick frederic: fred freddie
gabriel: gabe
gabriela gabriella: gaby gabi
george: geo georgie
gerald: jerry gerry
gerard: gerry
gilbert: gil bert
giorgos georgios yiorgos
gloria
gregory: greg
gregorio: goyo
grigory grigoriy: grisha
guadalupe: lupe lupita
guillermo: memo
gwendolyn: gwen wendy
harold: hal harry
harriet: hattie
helen: nell nellie
henry: hank harry hal
herbert: herb bert
howard: howie
hubert: bert
ignacio: nacho
irina iryna: ira
isabel isabelle isabella isobel: izzy bella belle
isaac: ike zac
ivan
jacob: jake
jacqueline jaqueline: jackie
james: jas jim jimmy jamie jem
janet
jason: jay
jeffrey geoffrey jeffery: jeff geoff
jennifer: jen jenny
jeremiah: jerry
jeremy: jerry
jerome: jerry
jessica: jess jessie
jesus: chuy chucho
joan: joanie
joanna johanna: jo
john jon: johnny jack
jonathan johnathan jonathon: jon jonny
jose: pepe
josefina: pepa
joseph: jos joe joey
josephine: jo josie
joshua: josh
judith: judy
julia yulia iuliia yuliia yuliya
juan: juanito
kenneth: ken kenny
kimberly kimberley: kim
larissa
lawrence laurence: larry
leonard: leo len lenny
leonardo: leo
leslie lesley: les
lillian lilian: lily lil
louis lewis: lou louie
louise: lou
lucas lukas
lucille: lucy
luis: lucho
madeline madeleine madelyn: maddie
magdalena: lena magda
manuel: manny manolo manu
marcus markus marcos
margaret margret: maggie meg peggy peg marge margie
margarita: rita
maria mariya mariia: ma masha mari
mario
marjorie margery: marge margie
martha: marty patsy
martin: marty
martina: tina
mary: molly polly mae
matilda: tilly mattie
matthew mathew: matt
maximilian: max
maxwell: max
michael: mike mick micky mickey mikey
mikhail mykhailo: misha
michelle michele: shelly shelley
mildred: millie
mohammed muhammad mohamed mohammad mohamad muhammed mohamud mohd
ahmed ahmad ahmet
hussein hussain husain husayn hossein
hassan hasan
yusuf youssef yousef yousuf
omar umar
nancy: nan
natalia nataliya natalya: natasha nat
natalie: nat
nathan: nate nat
nathaniel nathanael: nate nat
nicholas nicolas nickolas: nick nicky nico
nicole nichole: nicky nikki
nikolai nikolay mykola: kolya
oliver: ollie
olivia: liv livvy
oscar
pamela: pam
patricia: pat patty trish tricia patsy
patrick: pat paddy rick
paul
paula
pavel pavlo: pasha
penelope: penny
peter: pete
petr pyotr petro: petya
philip phillip filip: phil
priscilla: cilla
rachel rachael: rae
ramon: moncho
randall: randy
randolph: randy
raymond: ray
rebecca rebekah: becky becca
reginald: reggie
ricardo: rick ricky
richard: rich rick ricky dick richie
robert: robt rob bob bobby robbie bert robin
roberta: bobbie robbie
roberto: beto
rodney: rod
roger rodger: rodge
roland: rollie
ronald: ron ronnie
rosemary: rose rosie
rosario: charo
russell russel: russ
ruben reuben
salvador: sal chava
samantha: sam sammy
samuel: sam sammy
sandra: sandy
santiago: santi chago
sarah sara: sally sadie
sean shawn shaun
sebastian: seb bas
sergei sergey serhiy sergiy: seryozha
sharon
sheldon: shelly
sidney sydney: sid
sofia sophia
solomon: sol
stanley: stan
stephanie stefanie: steph
steven stephen: steve stevie
susan susanna susannah: sue susie suzie
suzanne: sue
svetlana svitlana: sveta
sylvester: sly
tatiana tatyana: tanya
terence terrence: terry
teresa theresa: terry tess tessa tere
theodore: ted teddy theo
thomas: thos tom tommy
timothy: tim timmy
tobias: toby
ulysses
valentina: valya
valerie: val
vasily vasiliy vasyl: vasya
veronica: ronnie
vicente: chente
victor viktor: vic
victoria viktoria: vicky vicki tori
vincent: vince vinnie
virginia: ginny
vladimir volodymyr: vova volodya
walter: walt wally
wesley: wes
wilfred: wilf fred
wilhelmina: mina minnie
william: wm bill will billy willie willy
winifred: winnie
winston: win
yolanda: yoli
zachary zachery zackary: zach zack zac
`;

/** Other common given names: known so that one of them is never taken for another misspelt. */
const OTHERS = `
aaron abdul abel ada adam adan adele aditya agatha aida aidan aiden aileen aisha aja alan alana alberto albina alec
alejo alexis alice alicia alina aliyah alma alonso alonzo alvaro alvin alyssa amaya amber amelia ami amina amir amit
amy anastasia andre andrea andreas andres anita anjali annette annika antoine antoinette antonia april aria ariana
ariel arjun arlo armando arnold arturo ashley astrid aubrey audrey aurora austin ava avery ayesha bailey beau belinda
bernice bertha bethany beverly bianca blake bonnie boris brandi brandon brandy brenda brendan brennan brent brett
briana brianna brittany brock brooke bruce bruno bryce bryson byron caleb calvin cameron camila camille candace cara
carina carl carla carlo carlos carlton carly carmela carmelo carmen carolina carson carter casey cassandra celeste
celia cesar chad chandler chanel chanelle chantal chelsea cheryl chloe christa ciara claire clara clark claude claudia
clay clayton cleo clyde cody colin colleen connor conrad corey corinne courtney craig cristian cristobal crystal daisy
dale dalton damian damon dana dane daniela daniella danielle dante daphne daria darian darius darlene darnell darrell
darren darryl dawn dean deanna declan delia denise derek derrick desiree destiny devin devon diana diane diego dina
dion dmitra domingo dominique donna dora doreen doris dwayne dylan earl edgar edith edna eduard eileen elaine elena
eli elias elijah elisa elise ella ellen elliot elmer elsa elvira emanuel emery emilia emiliano emilio emma emmanuel
enzo erica erika erin esmeralda esteban estelle ethan eva evan eve ezra fabian fatima faye felicia felicity felipe
felix fernanda fernando fiona flora floyd francesca francesco gavin gemma genevieve georgia geraldine gerardo gilberto
gina giovanna giovanni glen glenn gordon grace gracie graciela graham grant greta gustavo guy hannah harlan harper
harvey hazel heather hector heidi helena helga henrietta hernan hilary holly hope horace hugh hugo humberto hunter ian
ida ignatius igor ileana imran ina ines ingrid irene iris irma isaiah isidro ismael israel itzel ivana ivy jackson
jade jaden jaime jairo jamal jana jane janelle janice janine jared jasmin jasmina jasmine javier jaxon jayden jaylen
jayne jean jeanette jeanne jenna jesse jill jillian joanne joaquin jocelyn jodie joel johan jolene jonah jonas jordan
jorge josiah joyce juana juanita jude julian juliana julianne julie julien juliet julieta julio julius june justin
justine kara karen karim karin karina karl karla kathleen katrina kay kaya kayla keith kelly kelvin kendall kendra
kent kerry kevin khalid kian kira kirk klara krista kurt kyle kyra lamar lana lance lara laura lauren laurie layla
lazaro lea leah leandro leila leon leona leroy leticia levi liam lidia lila linda lindsay lionel lisa lloyd logan lora
lorena lorenzo loretta lori lorna lorraine luca lucia lucian luigi luke luna luz lydia lyle lynn mabel mack maeve maia
malcolm malik mara marc marcel marcela marcelo marcia marco maren margot mariah mariam mariana mariano maribel marie
marilyn marina marion marisa marisela marisol marissa maritza mark marla marlene marlon marsha marta marvin mason
mateo mathias matias maude maura maureen maurice mauricio maya megan mehmet melanie melinda melissa melody mercedes
meredith mia micah michaela miguel mila miles milo miranda miriam mitchell moises mona monica monique morgan morris
moses muriel murray myra myrtle nadia nadine naomi nasir nataly nelson nestor nia nigel nikita nina noah noel noelle
noemi nolan norberto norma norman octavia octavio oleg oleksandra olga opal ophelia orlando otis otto owen pablo paige
paloma paolo parker patience paulina pauline pearl pedro perla perry phoebe phyllis pierre pilar preston priya quentin
quinn rafael rafaela raj ralph ramona raquel rashid raul ravi reese regina renata rene renee rex reyna reynaldo rhonda
rigoberto riley robyn rocco rocio rodolfo rodrigo rogelio roman romeo romina rosa rosalia rosalie rosalind rosalinda
rosaline rosalyn ross roxana roxanne roy ruby rudolph rufino rufus ruth ryan sabrina samir sanjay santos saul savannah
scott selena selina sergio seth shane shannon shari sharif shawna sheila shelby sherri sherry shirley sierra silas
silvia simeon simon simone skyler sofie soledad sonia sonja sophie spencer stacey stacy stefan stella stuart summer
sunil susana sylvia tabitha tamara tami tammy tania tanner tara tasha tatum taylor teo thea thelma tiffany tobin todd
tomas toni tonya tracey tracy travis trent trevor trey trina tristan troy tyler tyrell tyrone uriel ursula valeria
vanessa vera vernon vicenta vikram viola violet vivian vivienne wade wanda warren wayne wendell whitney wilbur wilma
wilson xavier ximena yadira yasmin yesenia yosef yvette yvonne zane zara zelda zoe zoey
`;

const read = (text: string): string[] => text.trim().split(/\s+/);

interface Group {
  readonly spellings: ReadonlySet<string>;
  readonly shorts: ReadonlySet<string>;
}

const groups: readonly Group[] = GROUPS.trim()
  .split("\n")
  .map((line) => {
    const [spellings = "", shorts = ""] = line.split(":");
    return { spellings: new Set(read(spellings)), shorts: new Set(shorts === "" ? [] : read(shorts)) };
  });

const groupsOf = Map.groupBy(
  groups.flatMap((group) => [...group.spellings, ...group.shorts].map((word) => ({ word, group }))),
  ({ word }) => word,
);

const others: ReadonlySet<string> = new Set(read(OTHERS));

export const isKnownGivenName = (word: string): boolean => groupsOf.has(word) || others.has(word);

export type Kinship = "SPELLING" | "SHORT_FORM" | "TWO_SHORT_FORMS";

function kinshipIn({ spellings, shorts }: Group, one: string, other: string): Kinship | null {
  if (spellings.has(one)) return spellings.has(other) ? "SPELLING" : shorts.has(other) ? "SHORT_FORM" : null;
  if (!shorts.has(one)) return null;
  return spellings.has(other) ? "SHORT_FORM" : shorts.has(other) ? "TWO_SHORT_FORMS" : null;
}

/** How two given names stand for one: spellings of it, a short form of it, or two of its short forms; null if they do not. */
export function kinship(one: string, other: string): Kinship | null {
  const found = groupsOf.get(one)?.map(({ group }) => kinshipIn(group, one, other)) ?? [];
  return (
    found.find((kind) => kind === "SPELLING") ??
    found.find((kind) => kind === "SHORT_FORM") ??
    found.find(Boolean) ??
    null
  );
}
