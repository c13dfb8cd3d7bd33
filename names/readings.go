package names

import (
	"strings"
	"unicode"
)

// Signs for words are read otherwise in each language that writes them. Those of names
// are read here as in Chinese, by the table of letters.go, and as in Korean and in
// Japanese as far as the tables below go; a name in which a sign is missing from a
// table is not read by it.

// koreanSigns are signs of Korean names as they are commonly written in Latin letters.
const koreanSigns = `
kim 金 lee 李 park 朴 choi 崔 jung 鄭 kang 姜 cho 趙 yoon 尹 jang 張 lim 林 han 韓 oh 吳 seo 徐 shin 申 kwon 權 hwang 黃 ahn 安 song 宋
ryu 柳 hong 洪 jeon 全 ko 高 moon 文 son 孫 bae 裵 baek 白 heo 許 nam 南 noh 盧 ha 河 kwak 郭 cha 車 joo 朱 woo 禹 koo 具 na 羅 min 閔
jin 陳 eom 嚴 won 元 bang 方
jong 正 un 恩 il 日 sung 成 young 永 ho 浩 min 民 su 秀 hyun 賢 jun 俊 hee 姬 kyung 京 mi 美 ja 子 sook 淑 sun 善 soon 順 jin 珍 woo 宇
ji 智 hwan 煥 chul 哲 dong 東 nam 男 ok 玉 in 仁 hyung 亨 tae 泰 ki 基 yong 龍 hak 學 bong 奉 gwang 光 dae 大 jung 中 won 源 hwa 花
seok 錫 sang 相 kook 國 myung 明 jae 在 yu 有
`

// japaneseSigns are signs of Japanese names with their readings there.
const japaneseSigns = `
yama 山 ta,da 田 naka 中 kawa,gawa 川 kawa,gawa 河 moto 本 ki,gi 木 mura 村 hayashi,bayashi 林 sa 佐 to,fuji 藤 suzu 鈴 taka 高
hashi,bashi 橋 i 伊 wata 渡 nabe,be 辺 ko,o 小 ka 加 yoshi 吉 matsu 松 i 井 ue,kami 上 sai 斎 kiyo,shi 清 mizu 水 saki,zaki 崎
mori 森 ike 池 ishi 石 oka 岡 hara,wara 原 no 野 sugi 杉 ki 貴 kuro 黒 shima,jima 島 abe 阿部 ku 久 ho,yasu 保 ara 新 o 大 nishi 西
higashi 東 kita 北 minami 南 miya 宮 mae 前 go,ato 後 endo 遠藤 aoki 青木 sakamoto 坂本 fuku 福 chi,senn 千 tani,ya 谷 take 竹 take 武
taro 太郎 ro 郎 ta 太 ichi,kazu 一 ji 二 ji 次 zo,mi 三 hana 花 ko 子 mi 美 e 恵 e 江 yuki,ko 幸 kazu 和 masa 正 o 雄 o 男 o 夫 aki 明
hiro 宏 ken 健 makoto 誠 takashi 隆 tomo 智 hiro 博 nobu 信 yuki 雪 haru 春 natsu 夏 aki 秋 shin,sumi 真 yo 洋 ji 治 kei 啓 shin 晋
zo 三 hide 英 ki 樹 rei 礼 mari 真理 ai 愛 yu 優 sho 翔 da 大 sho 将
`

// signs is a table of signs, or of two together, with their readings.
func signs(list string) map[string][]string {
	m := map[string][]string{}
	fields := strings.Fields(list)
	for i := 0; i+1 < len(fields); i += 2 {
		m[fields[i+1]] = append(m[fields[i+1]], strings.Split(fields[i], ",")...)
	}
	return m
}

var languages = []map[string][]string{signs(koreanSigns), signs(japaneseSigns)}

// mostReadings bounds in how many ways a name is read.
const mostReadings = 8

// otherReadings are a name in signs as it is read in Korean and in Japanese.
func otherReadings(name string) (out []string) {
	if strings.IndexFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0 {
		return nil
	}
	all := []rune(name)
	if len(all) > 20 {
		return nil
	}
	for _, of := range languages {
		out = append(out, readAs(of, all)...)
	}
	return out[:min(len(out), mostReadings)]
}

// readAs reads signs by a table, two together before one; nil when one is missing. What
// is no sign stays.
func readAs(of map[string][]string, all []rune) (out []string) {
	out = []string{""}
	for i := 0; i < len(all); {
		size := 1
		var readings []string
		if i+1 < len(all) {
			readings = of[string(all[i:i+2])]
			size = 2
		}
		if readings == nil {
			readings, size = of[string(all[i])], 1
		}
		switch {
		case readings != nil:
		case unicode.Is(unicode.Han, all[i]):
			return nil
		default:
			readings = []string{string(all[i])}
		}
		out = combined(out, readings)
		i += size
	}
	return out
}

func combined(heads, tails []string) (out []string) {
	for _, h := range heads {
		for _, t := range tails {
			if len(out) < mostReadings {
				out = append(out, h+t)
			}
		}
	}
	return out
}

// surnames are Korean family names of one syllable, as they are written in Latin
// letters, where the rules for the letters would give another spelling.
var surnames = map[rune]string{
	'김': "kim", '이': "lee", '박': "park", '최': "choi", '정': "jung", '강': "kang", '조': "cho", '윤': "yoon", '임': "lim",
	'오': "oh", '서': "seo", '신': "shin", '권': "kwon", '안': "ahn", '유': "yoo",
	'전': "jeon", '고': "ko", '문': "moon", '노': "noh", '곽': "kwak", '주': "joo", '우': "woo", '구': "koo", '나': "na",
	'엄': "um",
}

// koreanSurname replaces the family name at the beginning of a name of two to four
// syllables, which is then a word of its own.
func koreanSurname(name string) string {
	all := []rune(strings.TrimSpace(name))
	if len(all) < 2 || len(all) > 4 {
		return name
	}
	for _, r := range all {
		if !unicode.Is(unicode.Hangul, r) {
			return name
		}
	}
	if surname, ok := surnames[all[0]]; ok {
		return surname + " " + string(all[1:])
	}
	return name
}
