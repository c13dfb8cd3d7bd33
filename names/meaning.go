package names

import (
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// meaning is what a word of the vocabulary of groups means, as names are translated
// as often as they are spelt: Army of Islam, Jaish al-Islam.
type meaning struct{ english, native concepts }

// concepts is a set of lines of the vocabulary.
type concepts [2]uint64

func (c *concepts) add(line int) { c[line/64] |= 1 << (line % 64) }

func (c concepts) meets(o concepts) bool { return c[0]&o[0]|c[1]&o[1] != 0 }

// translates reports whether one word is the English for the other. Two words of the
// sources' own languages that mean the same are two names: Lashkar, Jaish.
func (m meaning) translates(o meaning) bool {
	return m.english.meets(o.native) || m.native.meets(o.english)
}

// kindred reports whether both are words for the same in the sources' languages.
func (m meaning) kindred(o meaning) bool { return m.native.meets(o.native) }

// synonym reports whether both are English words for the same.
func (m meaning) synonym(o meaning) bool { return m.english.meets(o.english) }

// meaningTable is English words, those that mean the same after a comma, and behind the
// colon the words for them in the languages of the sources.
const meaningTable = `
army, armies: lashkar laskar jaish jaysh jaishe jund jond sena ejercito
soldiers, soldier: jund junud jundul
party: hizb hezb partiya parti partido hizbul
movement: harakat harkat haraka tehrik tahrik tehreek junbish nahzat jonbesh movimiento
supporters, partisans, helpers: ansar ansaar
society, assembly, association, community: jamaat jamiat jamiyat jamia anjuman
group: jamaat jamiat
organisation, organization: tanzim tanzeem munazzamat
council: shura majlis consejo
front: jabhat jabha jebhe mahaz mahaaz nusra cephe frente
brigades, brigade, battalions, battalion: kataib kataeb katibat katiba liwa saraya brigadas
companions: sahaba sahabah
guardians, guardian, protectors, guards: pasban paasban muhafiz haras pasdaran
martyrs, martyr: shuhada shohada shaheed shuhda
youth, young: shabaab shabab naujawanan jawanan
base: qaida
students, student: taliban talaba tulaba taleban
victory: nusra nusrat fath fatah zafar
conquest: fath fatah
liberation, freedom: tahrir azadi azadegan hurriyat nijat aajoi liberacion
salvation: nijat najat inqaz
state: dawla daulat estado
call, calling, preaching: dawa dawat dawah
sword: saif sayf
god: allah ullah
path, way: sirat rah sabil sabeel sendero
truth: haq haqq haqiqat
authentic, real: haqiqi
faith, belief: iman aqida
unity, union: wahdat ittihad ittehad itihad
united: muttahida muttahid muttahed
monotheism: tawhid tauhid tawheed
struggle, fighters, fighter, warriors, warrior: mujahideen mujahidin mujahedeen mujahedin mujahid ghazi
followers: ahl ahle
people, peoples: ahl ahle khalq qaum awam pueblo
resistance: muqawama muqawamat moqavemat
islamic: islami islamiya islamiyya islamiyah islamia
islam: islam
national: milli qaumi qawmi watani raji nacional
law, shariah: shariat sharia
enforcement, implementation: nifaz nafaz
emigrants, migrants: muhajirun muhajireen mohajir muhajir
servants: khuddam khudam
scholars, clerics: ulema ulama
pure: taiba pak tahira
righteous: saliheen salihin taiba
prophet: rasul nabi
revolution: inqilab thawra enqelab revolucion
revolutionary: inqilabi revolucionario revolucionarias
workers: karkeren kargaran
province: wilayat wilayah vilayat
emirate: imarat emarat
school, seminary: madrasa madrasah madrassa madressah madrassah madaris
house, abode: dar darul bayt
lion, lions: asad usud
eagle, eagles: shaheen uqab
light: noor nur
east, eastern: sharq sharqi mashriq
west, western: gharb maghrib gharbi
two: dhu
forces: fuerzas quwwat
armed: musallah armadas
black: siyah sawda
flag, banner: alam rayat liwa
defence, defense: difa difaa
peace: aman salam amn
welfare: falah khair
centre, center: markaz merkez
global, international, world: alami alamiya
islands, island, peninsula: jazirat jazira
land, country: bilad ard arz
levant: sham
rivers: rafidayn rafidain
warfare, fighting: qital
martyrdom: istishhad shahadat
vengeance, revenge: intiqam thar
free: ahrar azad hurr
men: rijal
knights: fursan
children, sons: abna
grandsons, descendants: ahfad
caliphate: khilafat khilafa
reform: islah islahi
justice: adl insaf adalat
network: shabaka shabakah
holy, sacred: muqaddas muqaddasa
mosque: masjid
`

// meanings are the words of the vocabulary.
var meanings = func() map[string]meaning {
	m := map[string]meaning{}
	number := 0
	for line := range strings.Lines(strings.TrimSpace(meaningTable)) {
		english, native, _ := strings.Cut(line, ":")
		for _, w := range vocabularyWords(english) {
			of := m[w]
			of.english.add(number)
			m[w] = of
		}
		for _, w := range vocabularyWords(native) {
			of := m[w]
			of.native.add(number)
			m[w] = of
		}
		number++
	}
	return m
}()

func vocabularyWords(list string) (out []string) {
	for _, w := range strings.Fields(strings.ReplaceAll(list, ",", " ")) {
		if to, ok := oneOf[w]; ok {
			w = to
		}
		out = append(out, w)
	}
	return out
}

// nativeByBones are the words of the vocabulary that are not English, by their bones.
var nativeByBones = func() map[string][]*token {
	m := map[string][]*token{}
	for w, of := range meanings {
		if of.native != (concepts{}) {
			p := phones(w)
			b := bones(p)
			m[b] = append(m[b], &token{text: w, phones: p, heard: heard(p), means: of})
		}
	}
	for _, list := range m {
		slices.SortFunc(list, func(a, b *token) int { return strings.Compare(a.text, b.text) })
	}
	return m
}()

// leastNative is how alike a word without its vowels must sound to one of the
// vocabulary.
const leastNative = 0.75

// nativeMeaning is what a word of another script means, of which only the written
// sounds are known.
func nativeMeaning(t *token) (best meaning) {
	if len(t.bones) < 2 {
		return best
	}
	most := leastNative
	for _, w := range nativeByBones[t.bones] {
		whole, _ := distances(t.phones, w.phones, mostApart)
		if sim := likeness(whole, t.heard, w.heard); sim > most || len(t.bones) > 2 && best == (meaning{}) {
			best, most = w.means, max(sim, most)
		}
	}
	return best
}

// lines are the lines of the vocabulary that a word is in.
func (m meaning) lines() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range m.english {
			for left := m.english[i] | m.native[i]; left != 0; left &= left - 1 {
				if !yield(64*i + bits.TrailingZeros64(left)) {
					return
				}
			}
		}
	}
}
