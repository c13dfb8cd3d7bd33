package names

import (
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// gloss is the concepts of the glossary that a word stands for, as names are translated
// as often as they are spelt: Army of Islam, Jaish al-Islam.
type gloss struct{ english, native conceptSet }

// conceptSet is a set of concepts: a bit for each line of the glossary.
type conceptSet [2]uint64

func (c *conceptSet) add(concept int) { c[concept/64] |= 1 << (concept % 64) }

func (c conceptSet) intersects(o conceptSet) bool { return c[0]&o[0]|c[1]&o[1] != 0 }

// translates reports whether one word is the English for the other. Two words of the
// sources' own languages that mean the same are two names: Lashkar, Jaish.
func (g gloss) translates(o gloss) bool {
	return g.english.intersects(o.native) || g.native.intersects(o.english)
}

// sharesNative reports whether both are words for the same in the sources' languages.
func (g gloss) sharesNative(o gloss) bool { return g.native.intersects(o.native) }

// sharesEnglish reports whether both are English words for the same.
func (g gloss) sharesEnglish(o gloss) bool { return g.english.intersects(o.english) }

// concepts yields the concepts that a word stands for.
func (g gloss) concepts() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range g.english {
			for left := g.english[i] | g.native[i]; left != 0; left &= left - 1 {
				if !yield(64*i + bits.TrailingZeros64(left)) {
					return
				}
			}
		}
	}
}

// glossaryTable is one concept a line: English words, those that mean the same after a
// comma, and behind the colon the words for them in the languages of the sources.
const glossaryTable = `
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

// glossary is the gloss of each word of the table.
var glossary = func() map[string]gloss {
	m := map[string]gloss{}
	concept := 0
	for line := range strings.Lines(strings.TrimSpace(glossaryTable)) {
		english, native, _ := strings.Cut(line, ":")
		for _, w := range glossaryWords(english) {
			of := m[w]
			of.english.add(concept)
			m[w] = of
		}
		for _, w := range glossaryWords(native) {
			of := m[w]
			of.native.add(concept)
			m[w] = of
		}
		concept++
	}
	return m
}()

func glossaryWords(list string) (out []string) {
	for _, w := range strings.Fields(strings.ReplaceAll(list, ",", " ")) {
		if to, ok := canonical[w]; ok {
			w = to
		}
		out = append(out, w)
	}
	return out
}

// nativeBySkeleton are the words of the glossary that are not English, by their
// skeletons.
var nativeBySkeleton = func() map[string][]*token {
	m := map[string][]*token{}
	for w, of := range glossary {
		if of.native != (conceptSet{}) {
			p := phones(w)
			key := skeleton(p)
			m[key] = append(m[key], &token{text: w, phones: p, soundWeight: soundWeight(p), gloss: of})
		}
	}
	for _, list := range m {
		slices.SortFunc(list, func(a, b *token) int { return strings.Compare(a.text, b.text) })
	}
	return m
}()

// leastNative is how alike a word without its vowels must sound to one of the glossary.
const leastNative = 0.75

// nativeGloss is the gloss of a word of another script, of which only the written sounds
// are known.
func nativeGloss(t *token) (best gloss) {
	if len(t.skeleton) < 2 {
		return best
	}
	most := leastNative
	for _, w := range nativeBySkeleton[t.skeleton] {
		whole, _ := distances(t.phones, w.phones, mostDistance)
		sim := normalised(whole, t.soundWeight, w.soundWeight)
		if sim > most || len(t.skeleton) > 2 && best == (gloss{}) {
			best, most = w.gloss, max(sim, most)
		}
	}
	return best
}
