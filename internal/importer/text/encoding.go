package text

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Names of the encodings that Decode understands, as stored in options.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1252 = "windows-1252"
	Windows1250 = "windows-1250"
	Windows1251 = "windows-1251"
	Big5        = "big5"
	GB18030     = "gb18030"
	ShiftJIS    = "shift_jis"
	EUCJP       = "euc-jp"
	EUCKR       = "euc-kr"
)

// sampleBytes is how much text around the first non-UTF-8 byte is judged.
const sampleBytes = 256 << 10

// Encoding is a guess at how a file's bytes stand for characters.
type Encoding struct {
	Name         string   // one of the names above, or "" for a file that is not text
	BOM          bool     // the file starts with a byte order mark
	Confidence   int      // 0–100
	Why          string   // one sentence fragment for people
	Alternatives []string // other names worth offering when Confidence is low
	Broken       int      // bytes that are not valid in a file read as UTF-8 all the same
}

// Sure says whether the encoding needs no question to the user.
func (e Encoding) Sure() bool { return e.Confidence >= 90 }

// ErrNotText is returned by DetectEncoding for files that hold binary data.
var ErrNotText = errors.New("the file is not text")

// DetectEncoding reads r to its end, or until the answer is certain, and
// judges the encoding. A file without any byte above 127 is UTF-8.
func DetectEncoding(r io.Reader) (Encoding, error) {
	buf := make([]byte, 64<<10)
	n, err := io.ReadFull(r, buf)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Encoding{}, err
	}
	head := buf[:n]
	if e, ok := fromMark(head); ok {
		return e, nil
	}
	if e, ok := wideWithoutMark(head); ok {
		return e, nil
	}
	if controls(head) > max(4, len(head)/100) {
		return Encoding{}, ErrNotText
	}
	var s scan
	s.feed(head)
	for err == nil && !s.decided() {
		n, err = io.ReadFull(r, buf)
		s.feed(buf[:n])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return Encoding{}, err
		}
	}
	return s.verdict(), nil
}

// controls counts the bytes that no text holds: control characters other than
// white space and the escape that switches alphabets.
func controls(b []byte) (n int) {
	for _, c := range b {
		if c < 0x09 || c > 0x0d && c < 0x20 && c != 0x1b {
			n++
		}
	}
	return n
}

func fromMark(head []byte) (Encoding, bool) {
	e := Encoding{BOM: true, Confidence: 100, Why: "the file starts with a byte order mark"}
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		e.Name = UTF8
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		e.Name = UTF16LE
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		e.Name = UTF16BE
	default:
		return Encoding{}, false
	}
	return e, true
}

// wideWithoutMark finds UTF-16 by the zero bytes that Latin letters leave.
func wideWithoutMark(head []byte) (Encoding, bool) {
	if len(head) < 4 {
		return Encoding{}, false
	}
	zero := [2]int{}
	for i, b := range head {
		if b == 0 {
			zero[i%2]++
		}
	}
	half := len(head) / 2
	e := Encoding{Confidence: 92, Why: "every second byte is zero, as in UTF-16"}
	switch {
	case zero[1]*10 > half*4 && zero[0]*20 < half:
		e.Name = UTF16LE
	case zero[0]*10 > half*4 && zero[1]*20 < half:
		e.Name = UTF16BE
	default:
		return Encoding{}, false
	}
	return e, true
}

// scan walks bytes as UTF-8 and keeps a sample from the first that is not.
type scan struct {
	rest   []byte // incomplete sequence at the end of the last chunk
	wide   int    // valid sequences of two bytes or more
	broken int
	sample []byte
}

func (s *scan) feed(chunk []byte) {
	data := chunk
	if len(s.rest) > 0 {
		data = append(append([]byte{}, s.rest...), chunk...)
		s.rest = nil
	}
	if s.broken > 0 {
		s.keep(data)
	}
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !utf8.FullRune(data[i:]) && len(data)-i < utf8.UTFMax {
			s.rest = append([]byte{}, data[i:]...)
			return
		}
		_, size := utf8.DecodeRune(data[i:])
		if size == 1 {
			if s.broken == 0 {
				s.keep(data[max(0, i-200):])
			}
			s.broken++
		} else {
			s.wide++
		}
		i += size
	}
}

func (s *scan) keep(b []byte) {
	room := sampleBytes - len(s.sample)
	s.sample = append(s.sample, b[:min(room, len(b))]...)
}

// decided is true when more bytes cannot change the verdict.
func (s *scan) decided() bool {
	return s.broken > 500 && s.broken > s.wide && len(s.sample) >= sampleBytes
}

func (s *scan) verdict() Encoding {
	broken := s.broken + len(s.rest)
	switch {
	case broken == 0 && s.wide == 0:
		return Encoding{Name: UTF8, Confidence: 100, Why: "the file holds plain ASCII only"}
	case broken == 0:
		return Encoding{Name: UTF8, Confidence: 99, Why: "every byte fits UTF-8"}
	case s.wide >= 10*broken:
		return Encoding{Name: UTF8, Confidence: 91, Broken: broken,
			Why: fmt.Sprintf("all but %d bytes fit UTF-8; those are shown as �", broken)}
	case len(s.sample) == 0:
		return Encoding{Name: UTF8, Confidence: 91, Broken: broken, Why: "the file ends inside a UTF-8 character"}
	}
	return judgeLegacy(s.sample)
}

// judgeLegacy chooses among the encodings that came before Unicode.
func judgeLegacy(sample []byte) Encoding {
	if lonely(sample) > 0.7 {
		return Encoding{Name: Windows1252, Confidence: 80, Alternatives: []string{Windows1250, Windows1251, UTF8},
			Why: "single accented letters between plain ones, as in Windows-1252 (Latin-1)"}
	}
	if lowerCyrillic(sample) > 0.6 {
		return Encoding{Name: Windows1251, Confidence: 70, Alternatives: []string{Windows1252, GB18030, UTF8},
			Why: "most bytes are lower-case letters of Windows-1251 (Cyrillic)"}
	}
	best := Encoding{Name: Windows1252, Confidence: 50, Alternatives: []string{Windows1251, Big5, GB18030, ShiftJIS, EUCKR},
		Why: "the file is not UTF-8 and fits no other encoding better"}
	top := 0.5
	for _, c := range doubleByte() {
		if score := c.score(sample); score > top {
			top = score
			best = Encoding{Name: c.name, Confidence: int(40 + 45*score), Why: "most characters are common ones of " + c.label}
		}
	}
	if best.Alternatives == nil {
		for _, c := range doubleByte() {
			if c.name != best.Name {
				best.Alternatives = append(best.Alternatives, c.name)
			}
		}
		best.Alternatives = append(best.Alternatives, Windows1252)
	}
	return best
}

// lonely is the share of high bytes that stand alone or in twos between ASCII
// bytes, as accented letters do.
func lonely(b []byte) float64 {
	high, alone, run := 0, 0, 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && b[i] >= 0x80 {
			run++
			continue
		}
		high += run
		if run <= 2 {
			alone += run
		}
		run = 0
	}
	return ratio(alone, high)
}

func lowerCyrillic(b []byte) float64 {
	high, lower := 0, 0
	for _, c := range b {
		if c >= 0x80 {
			high++
		}
		if c >= 0xE0 {
			lower++
		}
	}
	return ratio(lower, high)
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// pairRule says which byte pairs are the frequent characters of an encoding.
type pairRule struct {
	name, label        string
	leadLo, leadHi     byte // frequent characters start with these
	anyLo, anyHi       byte // any character starts with these
	trailLo, trailHi   byte
	trailLo2, trailHi2 byte
}

func doubleByte() []pairRule {
	return []pairRule{
		{Big5, "Big5 (Traditional Chinese)", 0xA4, 0xC6, 0xA1, 0xF9, 0x40, 0x7E, 0xA1, 0xFE},
		{GB18030, "GB 18030 (Simplified Chinese)", 0xB0, 0xD7, 0x81, 0xFE, 0xA1, 0xFE, 0xA1, 0xFE},
		{ShiftJIS, "Shift JIS (Japanese)", 0x82, 0x97, 0x81, 0xFC, 0x40, 0x7E, 0x80, 0xFC},
		{EUCKR, "EUC-KR (Korean)", 0xB0, 0xC8, 0xA1, 0xFD, 0xA1, 0xFE, 0xA1, 0xFE},
		{EUCJP, "EUC-JP (Japanese)", 0xA4, 0xCF, 0xA1, 0xFE, 0xA1, 0xFE, 0xA1, 0xFE},
	}
}

// score is the share of byte pairs that are frequent characters, less twice
// the share that cannot be characters at all.
func (p pairRule) score(b []byte) float64 {
	pairs, frequent, wrong := 0, 0, 0
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c < 0x80 {
			continue
		}
		pairs++
		if i+1 >= len(b) {
			break
		}
		t := b[i+1]
		trail := (t >= p.trailLo && t <= p.trailHi) || (t >= p.trailLo2 && t <= p.trailHi2)
		switch {
		case c < p.anyLo || c > p.anyHi || !trail:
			wrong++
			continue
		case c >= p.leadLo && c <= p.leadHi:
			frequent++
		}
		i++
	}
	return ratio(frequent, pairs) - 2*ratio(wrong, pairs)
}

// Decode turns the bytes of r into UTF-8 without a byte order mark. Bytes that
// do not fit become U+FFFD, except in UTF-8, where the readers replace them.
func Decode(r io.Reader, name string) (io.Reader, error) {
	if name == UTF8 || name == "" {
		return skipMark(r)
	}
	enc := codec(name)
	if enc == nil {
		return nil, fmt.Errorf("the encoding %q is not known; use one of %s, %s, %s, %s, %s, %s",
			name, UTF8, UTF16LE, UTF16BE, Windows1252, Big5, GB18030)
	}
	return transform.NewReader(r, enc.NewDecoder()), nil
}

func skipMark(r io.Reader) (io.Reader, error) {
	var head [3]byte
	n, err := io.ReadFull(r, head[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if n == 3 && head == [3]byte{0xEF, 0xBB, 0xBF} {
		return r, nil
	}
	return io.MultiReader(bytes.NewReader(head[:n]), r), nil
}

func codec(name string) encoding.Encoding {
	switch name {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case Windows1252, "iso-8859-1", "latin-1":
		return charmap.Windows1252
	case Windows1250:
		return charmap.Windows1250
	case Windows1251:
		return charmap.Windows1251
	case Big5:
		return traditionalchinese.Big5
	case GB18030:
		return simplifiedchinese.GB18030
	case ShiftJIS:
		return japanese.ShiftJIS
	case EUCJP:
		return japanese.EUCJP
	case EUCKR:
		return korean.EUCKR
	}
	return nil
}
