package names

import "strings"

// spellingFamilies are names that are cut short, or grown apart beyond what sound
// tells, a family a line. The first of each stands for all.
const spellingFamilies = `
muhammad mohd md muhd mohamad mohammed mohammad mohamed muhammed muhamad mohammud mehmed mohamud muhamed mahomed mohamet
jamaat jemaah gamaa djamaat jamaah jamaa gamaat jamaati jama
qaida qaeda qaedah qaidah kaida kaide qaidat quaida kaeda
daish daesh
dawla dawlah dawlat dowla
saint st
doctor dr
osama usama
yusuf joseph yousef youssef yousuf
ibrahim abraham
daud dawood david daoud dawud
isa eesa jesus
yaqub jacob yaqoub yaghoub
musa moses moosa
sulayman solomon suleman sulaiman
alexander aleksandr iskandar alexandros
1 1st first
2 2nd second ii
3 3rd third iii
4 4th fourth iv
5 5th fifth
6 6th sixth vi
7 7th seventh vii
8 8th eighth viii
9 9th ninth
10 10th tenth
1 one
2 two
3 three
4 four
5 five
6 six
7 seven
8 eight
9 nine
10 ten
din deen
taiba tayyiba tayyaba tayba toiba toyba taibah tayyibah tayiba
khalid khaled
sheikh shaikh shaykh sheik
baluchi balochi baluch baloch
`

// canonical is the word that stands for one of a family.
var canonical = func() map[string]string {
	m := map[string]string{}
	for _, family := range wordLists(spellingFamilies) {
		for _, w := range family[1:] {
			m[w] = family[0]
		}
	}
	return m
}()

// wordLists are the words of each line of a table.
func wordLists(table string) (out [][]string) {
	for line := range strings.Lines(table) {
		if words := strings.Fields(line); len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

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
