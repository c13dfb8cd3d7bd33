package names

// givenNames are names that sound much alike and are of different people, each with its
// spellings. Words of two families are two names, however alike they sound.
const givenNames = `
hassan hasan hassen hasaan
hussain hussein husain husayn hossein hussayn hosain
muhsin mohsin mohsen
rahman rehman rahmaan
rahim raheem
karim kareem
hakim hakeem
halim haleem
hamid hameed
hamad hammad
ahmad ahmed ahmet
mahmud mahmood mahmoud mehmood
muhammad
mustafa mustapha
majid majeed
masud masood masoud massoud
masum masoom
salim saleem selim
salman selman
sulayman
aslam
salam
kamal kemal
jamal jamaal gamal
jamil jameel
kamil kameel
jalal
bilal
khalid
khalil khaleel
walid waleed
rashid rasheed rachid
arshad irshad
zahid zahed
zahir zaheer
tahir taher
tariq tarik tareq
tufail
nasir nasser nasir naseer
nazir nazeer
bashir basheer
munir muneer
amir ameer aamir
umar omar
ammar amaar
imran
irfan
anwar anwer
anis anees
amin ameen
yamin
abdullah abdallah
bait beit
haibat hebat hibat
fazl fazal
faiz fayz
saif sayf
nasr
inayat enayat
hidayat hedayat
hamd
ihsan ehsan
rahmat rehmat
kifayat kefayat
mati
sami
wali
zia
siraj
miraj
zubair zubayr
zubaydah zubaida
ubaidah ubayda
ubaid obaid obaidah
haider haidar hyder
haris harith
idris idrees
ilyas elias
yasin yaseen
younus yunus younis
yahya
yusuf
musab mosab mosaib musaib
musaad mosaad mosad
suri
zarqawi
nawaz navaz
niaz niyaz
riaz riyaz riyadh
ayaz
fayaz fayyaz
ijaz ejaz
aziz
azam
azhar
athar
akhtar
akbar
asghar
jabbar
sattar
ghaffar
ghafur ghafoor
shakur shakoor
sabur saboor
wahid waheed
wahab wahhab
rauf raouf
latif lateef
sharif shareef
arif aref
asif asef
yasir yasser
nadir nader
qadir qader
sadiq sadeq
shafiq shafique
rafiq rafique
farooq faruq farouk faruqi
tufan
`

// givenName is the family of a given name; 0 for none.
var givenName = func() map[string]int {
	m := map[string]int{}
	for i, family := range wordLists(givenNames) {
		for _, w := range family {
			if to, ok := canonical[w]; ok {
				w = to
			}
			m[w] = i + 1
		}
	}
	return m
}()
