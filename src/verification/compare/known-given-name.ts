/**
 * Common given names: before the colon the spellings of one name, after it its short forms. A short form may be that of several
 * names (Alex, Chris), which does not make those names one.
 */
const GROUPS = `
abigail: abby abbie gail
abraham ibrahim: abe bram
adrian
agnes: aggie
ahmed ahmad ahmet
aidan aiden ayden
alan allan allen: al
albert: al bert bertie
alberto: beto
alejandra: alex ale
alejandro: alex ale jandro
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
bernadette: bernie
bernard: bernie
beverly beverley: bev
bradley: brad
brian bryan
bridget: biddy bridie
caitlin kaitlin katelyn kaitlyn
calvin: cal
cameron: cam
carl karl
caroline carolyn: carrie carol caro
catherine katherine kathryn catharine katharine cathryn kathrine: kate katie cathy kathy kat kit kitty katy cate
cecilia: cece
charles: charlie chuck chaz chas
charlotte: lottie charlie char
christian: chris
christina kristina cristina: chris tina chrissy christy kristy
christine kristine: chris chrissy christy kristy
christopher kristopher cristopher: chris kit topher
clare claire
clarence: clare
clifford: cliff
clinton: clint
concepcion: concha conchita
constance: connie
consuelo: chelo
cornelius: neil neal connie
curtis: curt
cynthia: cindy
daniel: dan danny
david: dave davey
deborah debra: deb debbie
denise: dee
dennis denis
desmond: des
dmitri dmitry dmitriy dimitri dimitry: dima mitya
dolores: lola lolita
dominic dominick: dom nick
donald: don donnie
dorothy dorothea: dot dottie dolly
douglas: doug
eduardo: lalo edu
edward: ed eddie ned ted teddy
edwin: ed eddie
ekaterina yekaterina kateryna: katya
eleanor elinor: ellie nell nellie nora
elizabeth elisabeth: liz lizzie beth betty betsy bess eliza libby liza ellie elsie
elliot elliott
emily emilie: em emmy
emmanuel emanuel: manny
enrique: quique kike
eric erik
ernest: ernie
ernesto: neto
esperanza: pera
esther ester: essie
eugene: gene
evelyn: evie
evgeny yevgeny evgeniy yevgeniy evgeni: zhenya
fernando: nando
florence: flo florrie
frances: fran fanny frankie francie
francis: frank fran
francisca: paca paquita
francisco: paco pancho cisco kiko
franklin: frank
frederick fredrick frederic: fred freddie
gabriel: gabe
gabriela gabriella: gaby gabi
george: geo georgie
gerald jerald: jerry gerry
gerard: gerry
gilbert: gil bert
giorgos georgios yiorgos
gloria
graham graeme
gregorio: goyo
gregory: greg
grigory grigoriy: grisha
guadalupe: lupe lupita
guillermo: memo
gustavo: gus tavo
gwendolyn: gwen wendy
hailey haley hayley
harold: hal harry
harriet: hattie
hassan hasan
helen: nell nellie
henry: hank harry hal
herbert: herb bert
hortensia: tencha
howard: howie
hubert: bert
humberto: beto
hussein hussain husain husayn hossein
ignacio: nacho
irina iryna: ira
isaac: ike zac
isabel isabelle isabella isobel: izzy bella belle
ivan
jacob: jake
jacqueline jaqueline: jackie
jaden jayden
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
juan: juanito
judith: judy
julia yulia iuliia yuliia yuliya
katrina: trina
kenneth: ken kenny
kimberly kimberley: kim
kirsten kirstin
kristin kristen: kris
larissa
lawrence laurence: larry
leonard: leo len lenny
leonardo: leo
leslie lesley: les
leticia letitia: letty lety
lillian lilian: lily lil
lindsay lindsey
louis lewis: lou louie
louise: lou
lourdes: lulu
lucas lukas
lucille: lucy
luis: lucho
lynn lynne
mackenzie mckenzie
madeline madeleine madelyn: maddie
magdalena: lena magda
manuel: manny manolo manu
marcus markus marcos
margaret margret: maggie meg peggy peg marge margie
margarita: rita
maria mariya mariia: ma masha mari
mario
marjorie margery: marge margie
mark marc
martha: marty patsy
martin: marty
martina: tina
mary: molly polly mae
matilda: tilly mattie
matthew mathew: matt
maximilian: max
maxwell: max
mercedes: meche
michael: mike mick micky mickey mikey
michelle michele: shelly shelley
mikhail mykhailo: misha
mildred: millie
milton: milt
mitchell: mitch
mohammed muhammad mohamed mohammad mohamad muhammed mohamud mohd
nancy: nan
natalia nataliya natalya: natasha nat
natalie: nat
nathan: nate nat
nathaniel nathanael: nate nat
nicholas nicolas nickolas: nick nicky nico
nicole nichole: nicky nikki
nikolai nikolay mykola: kolya
norberto: beto
oliver: ollie
olivia: liv livvy
omar umar
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
pilar: pili
priscilla: cilla
rachel rachael: rae
rafael: rafa
ramon: moncho
randall: randy
randolph: randy
raymond: ray
rebecca rebekah: becky becca
refugio: cuca
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
rosario: charo
rosemary: rose rosie
ruben reuben
russell russel: russ
salvador: sal chava
samantha: sam sammy
samuel: sam sammy
sandra: sandy
santiago: santi chago
sarah sara: sally sadie
sean shawn shaun
sebastian: seb bas
sergei sergey serhiy sergiy: seryozha
sergio: checo
sharon
shauna shawna
sheldon: shelly
sherri sherry
sidney sydney: sid
sofia sophia
solomon: sol
stacy stacey
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
thaddeus: thad
theodore: ted teddy theo
thomas: thos tom tommy
timothy: tim timmy
tobias: toby
tracy tracey
trinidad: trini
ulysses
valentina: valya
valerie: val
vasily vasiliy vasyl: vasya
veronica: ronnie
vicente: chente
victor viktor: vic
victoria viktoria: vicky vicki tori
vincent: vince vinnie
vincenzo: enzo
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
yusuf youssef yousef yousuf
zachary zachery zackary: zach zack zac
zoe zoey
`;

/** Other common given names: known so that one of them is never taken for another misspelt. */
const OTHERS = `
aaron abdul abel ada adam adan adele aditya agatha aida aileen aisha aja alana albina alec alejo alexis alice alicia
alina aliyah alma alonso alonzo alvaro alvin alyssa amaya amber amelia ami amina amir amit amy anastasia andre andrea
andreas andres anita anjali annette annika antoine antoinette antonia april aria ariana ariel arjun arlo armando
arnold arturo ashley astrid aubrey audrey aurora austin ava avery ayesha bailey beau belinda bernice bertha bethany
bianca blake bonnie boris brandi brandon brandy brenda brendan brennan brent brett briana brianna brittany brock
brooke bruce bruno bryce bryson byron caleb camila camille candace cara carina carla carlo carlos carlton carly
carmela carmelo carmen carolina carson carter casey cassandra celeste celia cesar chad chandler chanel chanelle
chantal chelsea cheryl chloe christa ciara clara clark claude claudia clay clayton cleo clyde cody colin colleen
connor conrad corey corinne courtney craig cristian cristobal crystal daisy dale dalton damian damon dana dane daniela
daniella danielle dante daphne daria darian darius darlene darnell darrell darren darryl dawn dean deanna declan delia
derek derrick desiree destiny devin devon diana diane diego dina dion dmitra domingo dominique donna dora doreen doris
dwayne dylan earl edgar edith edna eduard eileen elaine elena eli elias elijah elisa elise ella ellen elmer elsa
elvira emery emilia emiliano emilio emma erica erika erin esmeralda esteban estelle ethan eva evan eve ezra fabian
fatima faye felicia felicity felipe felix fernanda fiona flora floyd francesca francesco gavin gemma genevieve georgia
geraldine gerardo gilberto gina giovanna giovanni glen glenn gordon grace gracie graciela grant greta guy hannah
harlan harper harvey hazel heather hector heidi helena helga henrietta hernan hilary holly hope horace hugh hugo
hunter ian ida ignatius igor ileana imran ina ines ingrid irene iris irma isaiah isidro ismael israel itzel ivana ivy
jackson jade jaime jairo jamal jana jane janelle janice janine jared jasmin jasmina jasmine javier jaxon jaylen jayne
jean jeanette jeanne jenna jesse jill jillian joanne joaquin jocelyn jodie joel johan jolene jonah jonas jordan jorge
josiah joyce juana juanita jude julian juliana julianne julie julien juliet julieta julio julius june justin justine
kara karen karim karin karina karla kathleen kay kaya kayla keith kelly kelvin kendall kendra kent kerry kevin khalid
kian kira kirk klara krista kurt kyle kyra lamar lana lance lara laura lauren laurie layla lazaro lea leah leandro
leila leon leona leroy levi liam lidia lila linda lionel lisa lloyd logan lora lorena lorenzo loretta lori lorna
lorraine luca lucia lucian luigi luke luna luz lydia lyle mabel mack maeve maia malcolm malik mara marcel marcela
marcelo marcia marco maren margot mariah mariam mariana mariano maribel marie marilyn marina marion marisa marisela
marisol marissa maritza marla marlene marlon marsha marta marvin mason mateo mathias matias maude maura maureen
maurice mauricio maya megan mehmet melanie melinda melissa melody meredith mia micah michaela miguel mila miles milo
miranda miriam moises mona monica monique morgan morris moses muriel murray myra myrtle nadia nadine naomi nasir
nataly nelson nestor nia nigel nikita nina noah noel noelle noemi nolan norma norman octavia octavio oleg oleksandra
olga opal ophelia orlando otis otto owen pablo paige paloma paolo parker patience paulina pauline pearl pedro perla
perry phoebe phyllis pierre preston priya quentin quinn rafaela raj ralph ramona raquel rashid raul ravi reese regina
renata rene renee rex reyna reynaldo rhonda rigoberto riley robyn rocco rocio rodolfo rodrigo rogelio roman romeo
romina rosa rosalia rosalie rosalind rosalinda rosaline rosalyn ross roxana roxanne roy ruby rudolph rufino rufus ruth
ryan sabrina samir sanjay santos saul savannah scott selena selina seth shane shannon shari sharif sheila shelby
shirley sierra silas silvia simeon simon simone skyler sofie soledad sonia sonja sophie spencer stefan stella stuart
summer sunil susana sylvia tabitha tamara tami tammy tania tanner tara tasha tatum taylor teo thea thelma tiffany
tobin todd tomas toni tonya travis trent trevor trey tristan troy tyler tyrell tyrone uriel ursula valeria vanessa
vera vernon vicenta vikram viola violet vivian vivienne wade wanda warren wayne wendell whitney wilbur wilma wilson
xavier ximena yadira yasmin yesenia yosef yvette yvonne zane zara zelda
`;

const read = (text: string): string[] => text.trim().split(/\s+/);

/** One name. */
export interface GivenName {
  readonly spellings: ReadonlySet<string>;
  readonly shorts: ReadonlySet<string>;
}

const groups: readonly GivenName[] = GROUPS.trim()
  .split("\n")
  .map((line) => {
    const [spellings = "", shorts = ""] = line.split(":");
    return { spellings: new Set(read(spellings)), shorts: new Set(shorts === "" ? [] : read(shorts)) };
  });

const byWord = Map.groupBy(
  groups.flatMap((group) => [...group.spellings, ...group.shorts].map((word) => ({ word, group }))),
  ({ word }) => word,
);

/** The names that a word may stand for; none for a word that has neither other spellings nor short forms. */
export const givenNamesOf = (word: string): readonly GivenName[] => byWord.get(word)?.map(({ group }) => group) ?? [];

const others: ReadonlySet<string> = new Set(read(OTHERS));

export const isKnownGivenName = (word: string): boolean => byWord.has(word) || others.has(word);
