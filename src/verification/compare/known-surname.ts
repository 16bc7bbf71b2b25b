/** Common surnames of the United States: known so that one of them is never taken for another misspelt. */
const SURNAMES = `
abbott acosta adams adkins aguilar aguirre ahmed alexander ali allen allison alvarado alvarez andersen anderson
andrews anthony armstrong arnold arroyo atkins austin avila ayala bailey baker baldwin ball ballard banks barber
barker barnes barnett barrett barron barton bates bauer beck becker bell bender bennett benson bentley berg berger
bernard berry best bishop black blackburn blair blake blanchard bond booth bowen bowers bowman boyd boyer bradford
bradley brady brandt brennan brewer briggs brooks brown browne bruce bryan bryant buchanan buck burgess burke burnett
burns burton bush butler byrd cabrera cain calderon caldwell calhoun callahan camacho cameron campbell campos cannon
cantu cardenas carey carlson carpenter carr carrillo carroll carson carter cartwright case casey castaneda castillo
castro cervantes chambers chan chandler chang chapman chavez chen cherry choi christensen chung church clark clarke
clay clayton clements cline cobb cochran cohen cole coleman collier collins colon combs compton conley conner connor
conrad contreras conway cook cooke cooper copeland cortes cortez costa cowan cox craig crane crawford cross cruz
cummings cunningham curry curtis dalton daniel daniels daugherty davenport david davidson davies davila davis dawson
day dean decker delacruz deleon delgado dennis diaz dickerson dickson dillon dixon dixson dodson dominguez donaldson
donovan dorsey dougherty douglas downs doyle drake dudley duffy duke duncan dunlap dunn duran durham dyer eaton
edwards elliott ellis ellison english erickson escobar espinosa espinoza esquivel estes estrada evans everett ewing
farley farmer farrell faulkner ferguson fernandez ferrell fields figueroa finley fischer fisher fitzgerald fitzpatrick
fleming fletcher flores flowers floyd flynn foley forbes ford foster fowler fox francis franco frank franklin frazier
frederick freeman french frost fry frye fuentes fuller gaines gallagher gallegos galloway galvan garcia gardner garner
garrett garrison garza gates gay gentry george gibbs gibson gilbert giles gill gillespie glass glenn glover golden
gomez gonzales gonzalez good goodman goodwin gordon gould gracia graham grant graves gray green greene greer gregory
griffin griffith grimes gross guerra guerrero gutierrez guzman hahn hale haley hall hamilton hammond hampton hancock
hanley hanna hansen hanson hardin harding hardy harmon harper harrell harrington harris harrison hart hartman harvey
hayden hayes haynes heath hebert henderson hendricks hendrix henry hensley henson herman hernandez herrera herring
hess hester hickman hicks higgins hill hines hobbs hodge hodges hoffman hogan holden holland holloway holmes holt hood
hooper hoover hopkins horn horne horton house houston howard howe howell huang hubbard huber hudson huerta huff
huffman hughes hull humphrey hunt hunter hurley hurst hutchinson hutchison huynh ibarra ingram jackson jacobs jacobson
james jarvis jefferson jenkins jennings jensen jimenez johns johnson johnston jones jordan joseph joyce juarez kane
kaufman keith keller kelley kelly kemp kennedy kent kerr keyes khan kidd kim kinney kirby kirk kirkland klein kline
knapp knight knox koch kramer krause krueger lamb lambert landers landry lane lang larsen larson lawrence lawson leach
leblanc lee leon leonard lester levine levy lewis li lim lin lindsay lindsey little liu livingston lloyd logan long lopez
love lowe lowery lozano lucas lucero lugo luna lynch lynn lyons macdonald macias mack madden maddox mahoney maldonado
malone manley mann manning marin marks marquez marsh marshall martin martinez mason massey mathews mathis matthews
maxwell may mayer maynard mayo mays mcbride mccall mccann mccarthy mcclain mcclure mcconnell mccormick mccoy
mccullough mcdaniel mcdonald mcdowell mcfarland mcgee mcgrath mcguire mcintosh mcintyre mckay mckee mckenzie mckinney
mcknight mclaughlin mclean mcmahon mcmillan mcneil mcpherson meadows medina mejia melendez melton mendez mendoza
mercado mercer merritt meyer meyers meza michael middleton miles miller mills miranda mitchell molina monroe montes
montgomery montoya moody moon mooney moore mora morales moran moreno morgan morris morrison morrow morse morton moses
mosley moss moyer mueller mullen mullins munoz murillo murphy murray myers nash navarro neal nelson newman newton
nguyen nichols nicholson nielsen nielson nixon noble nolan norman norris norton novak nunez obrien ochoa oconnell
oconnor odom odonnell oliver olsen olson oneal oneill orozco orr ortega ortiz osborn osborne owen owens pace pacheco
padilla page palmer park parker parks parra parrish parsons patel patil patrick patterson patton paul payne pearson
peck pena pennington perez perkins perry peters petersen peterson petty phan phelps phillips pierce pineda pittman
pitts pollard poole pope porter potter potts powell powers pratt preston price prince proctor pruitt pugh quinn
quintero ramirez ramos ramsey randall randolph rangel rasmussen ray raymond reed reese reeves reid reilly reyes
reynolds rhodes rice rich richard richards richardson richmond riddle riggs riley rios rivas rivera rivers roach
robbins roberson robert roberts robertson robinson robles rocha rodgers rodriguez rogers rojas rollins roman romero
rosales rosario rose ross roth rowe rowland roy rubio ruiz rush russell russo ryan salas salazar salgado salinas
sampson sanchez sanders sanderson sandoval sanford santana santiago santos saunders savage sawyer schaefer schmidt
schmitt schneider schroeder schultz schwartz scott sellers serrano sexton shaffer shah shannon sharp shaw shea shelton
shepard shepherd sheppard sherman shields short silva simmons simon simpson sims singh singleton skinner sloan small
smith smyth snow snyder solis solomon sosa soto sparks spears spence spencer stafford stanley stanton stark steele
stein stephens stephenson stevens stevenson stewart stokes stone stout strickland strong stuart suarez sullivan
summers sutton swanson sweeney tanner tapia tate taylor terrell terry thomas thompson thomson thornton todd torres
townsend tran travis trevino trujillo truong tucker turner tyler underwood valdez valencia valentine valenzuela vance
vang vargas vasquez vaughan vaughn vazquez vega velasquez velazquez velez villa villanueva villarreal villegas vincent
vo wade wagner walker wall wallace waller walls walsh walter walters walton wang ward ware warner warren washington
waters watkins watson watts weaver webb weber webster weeks weiss welch wells west wheeler whitaker white whitehead
whitney wiggins wilcox wiley wilkerson wilkins wilkinson william williams williamson willis wilson winters wise wolf
wolfe wong wood woodard woods woodward wright wu wyatt xiong xu yang yates yoder york young yu zamora zavala zhang
zhao zimmerman zuniga
`;

const known: ReadonlySet<string> = new Set(SURNAMES.trim().split(/\s+/));

export const isKnownSurname = (word: string): boolean => known.has(word);
