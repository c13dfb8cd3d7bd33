package names

import (
	"slices"
	"strings"
)

// role is what a word does in a name.
type role uint8

const (
	plain      role = iota
	particle        // articles, izafat, "of": say nothing
	title           // honorifics and offices
	generic         // what many names have: a movement, an army, a school
	orgForm         // what may be there or not: group, organisation, Ltd
	geographic      // a place that qualifies
	kunya           // abu, umm: the word after it goes with it
	lineage         // bin, ibn, son of: what follows is the father
)

// roleWeights are how much a word of a role tells one name from another.
var roleWeights = [...]float64{
	plain: 1, particle: 0, title: 0.25, generic: 0.5, orgForm: 0.15, geographic: 0.6, kunya: 0.3, lineage: 0,
}

// roles of words, by their Latin spelling; other spellings are found by sound.
var roles = func() map[string]role {
	m := map[string]role{}
	for r, list := range map[role]string{
		particle: `
			al el ul ol il as ash at ath ad adh ar an az ud ur us un ut uz ed uz e i ye yi wa wal va o u of the and
			for in de del la las los da du des le y w l to on at from by with bara baraye fi lil li
		`,
		title: `
			maulana mawlana molana mullah mulla mola mufti qari haji hajji hafiz sheikh shaikh shaykh sheik sayyid
			syed said sayed maulvi mawlawi maulawi molvi moulvi ustad ustaz commander emir amir ameer doctor dr mr mrs
			prof colonel col general gen captain capt major brigadier sardar nawab allama pir hazrat sahib saheb
			shaheed shahid engineer imam sufi sahibzada malik khan jan agha mir baba alhaj akhund akhunzada akhundzada
			ayatollah hujjat chaudhry arbab sir lt lieutenant
		`,
		generic: `
			foundation trust society association committee front movement army liberation islamic islami islam
			islamiya islamiyya state jihad jihadi mujahideen mujahidin mujahedin mujahedeen tehrik tahrik tehreek
			lashkar laskar jaish jaysh jund jamaat jamat jamiat jamiyat jamaah harakat harkat haraka hizb hezb sipah
			anjuman ittehad ittihad muttahida madrasa madrasah madrassa madrassah madressah madrese darul dar uloom
			ulum jamia school college welfare council brigade brigades battalion battalions corps forces force
			fighters fighter united national islamist wing branch province provincial district agency division tehsil
			faction revolutionary revolution armed popular people peoples party front ansar command supporters
			soldiers tribe clan department region city village university seminary academy institute republic kingdom
			emirate federation commonwealth country mosque masjid masajid international world
		`,
		orgForm: `
			group groups organisation organization organisations organizations network shabaka company ltd limited inc
			llc corp co plc pvt regd registered tanzim tanzeem gmbh sa est establishment enterprises outfit
		`,
		geographic: `
			baluchi balochi pakistan pakistani afghanistan afghan balochistan baluchistan baloch baluch khorasan
			khurasan kashmir punjab punjabi sindh sindhi waziristan karachi quetta peshawar lahore swat bajaur mohmand
			khyber india indian iran iraq iraqi syria syrian sham hind islamabad mastung mekran central asia town
			south north east west southern northern eastern western uzbekistan tajikistan turkestan turkistan
			bangladesh egypt egyptian yemen arabia arabian lebanon lebanese palestine palestinian somalia libya libyan
			algeria sahara maghreb sinai turkey turkish kurdistan europe africa african asian philippines indonesia
			levant peninsula subcontinent
		`,
		kunya:   "abu abou abo aboo umm um",
		lineage: "bin ibn ben bint b son wald walad zada ould oglu",
	} {
		for _, w := range strings.Fields(list) {
			m[w] = r
		}
	}
	return m
}()

func roleOf(text string, in script) role {
	if r, ok := roles[text]; ok {
		return r
	}
	if in == latin || len(text) < 3 {
		return plain
	}
	// A word of another script is known by its skeleton.
	return roleBySkeleton[skeleton(phones(text))]
}

// roleBySkeleton is the role of words that are long enough to be known without vowels.
var roleBySkeleton = bySkeleton(roles, func(r role) bool { return r != particle })

// bySkeleton gives a table of words by their skeletons; of two words with the same one
// the first of the alphabet counts.
func bySkeleton[T any](of map[string]T, accepts func(T) bool) map[string]T {
	m := map[string]T{}
	list := make([]string, 0, len(of))
	for w := range of {
		list = append(list, w)
	}
	slices.Sort(list)
	for _, w := range list {
		key := skeleton(phones(w))
		if _, known := m[key]; !known && len(key) >= 3 && accepts(of[w]) {
			m[key] = of[w]
		}
	}
	return m
}

// common are words that very many people bear.
var common = setOf(`
	muhammad ahmad ahmed ali hussain husain hussein hassan hasan abdul abd abdullah allah ullah rahman rehman shah
	mahmud mahmood din gul noor nur haq
`)

var commonBySkeleton = bySkeleton(common, func(is bool) bool { return is })

// takesArticle are words to which the -ul of the next is often written.
var takesArticle = setOf(`
	dar zaki fazl fadl aziz nur noor zia saif sayf shams badr najm jamal jalal mati ata habib hikmat nasr sana anwar
	ihsan inam ikram misbah miraj siraj qamar riaz riyaz ain fakhr abd jabbar hizb harkat harakat jamaat jamiat
	lashkar ansar sipah tehrik
`)

func setOf(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// unvocalised are very common names as Arabic script writes them, without their vowels,
// of which too little is left to be known by.
var unvocalised = map[string]string{
	"mhmd": "muhammad", "ahmd": "ahmad", "ly": "ali", "hsn": "hassan", "hsyn": "hussain", "allh": "allah",
	"llh": "allah", "dyn": "din", "nwr": "nur", "gl": "gul", "bd": "abd", "bw": "abu", "abw": "abu", "bn": "bin",
	"abn": "ibn", "tha": "taha", "ysa": "isa", "mwsy": "musa", "ywsf": "yusuf", "abrahym": "ibrahim", "mr": "umar",
	"bray": "baraye", "bdallh": "abdullah",
}

// noArticle are words of Arabic script that begin like the article and have none.
var noArticle = setOf("alyas alah alfat altaf ala")

// takesArticleUnvocalised are words that Arabic script often writes together with the
// article of the next.
var takesArticleUnvocalised = setOf(`
	bd abd dar byt nwr shms slah jlal syf fzl mty ata zya nsyr bdr njm fkhr qmr sraj mhy thna jmal kmal ryhan htm
	ghyath nzam qtb jmat jmayt hrkt hzb lshkr thryk ansar amyn alam hsam rkn shhab bha rshyd
`)
