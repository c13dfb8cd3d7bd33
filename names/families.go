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
