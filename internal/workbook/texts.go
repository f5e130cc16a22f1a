package workbook

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// Limits of the texts that cells share.
const (
	maxTexts    = 8_000_000
	textsInside = 8 << 20 // bytes held in memory; what is beyond is on disk
)

// texts are those that cells share, by number.
type texts struct {
	ends   []int64 // where each ends, those on disk following those in memory
	inside []byte
	file   *os.File
	out    *bufio.Writer
	buf    []byte
}

func (p *parts) readTexts(part string) (_ *texts, err error) {
	t, err := p.open(part)
	if err != nil {
		return nil, err
	}
	defer t.close()
	all := &texts{}
	defer func() {
		if err != nil {
			err = errors.Join(err, all.close())
		}
	}()
	var buf []byte
	for {
		start, err := t.start()
		switch {
		case err == io.EOF:
			return all, all.finish()
		case err != nil:
			return nil, err
		}
		if start.Name.Local != "si" {
			continue
		}
		if buf, err = t.rich(buf[:0]); err != nil {
			return nil, err
		}
		if err := all.add(unescape(buf)); err != nil {
			return nil, err
		}
	}
}

func (x *texts) add(s []byte) error {
	if len(x.ends) == maxTexts {
		return tooLarge("holds more than %d different texts", maxTexts)
	}
	if x.file == nil && len(x.inside)+len(s) <= textsInside {
		x.inside = append(x.inside, s...)
		x.ends = append(x.ends, int64(len(x.inside)))
		return nil
	}
	if x.file == nil {
		f, err := os.CreateTemp("", "cairn-workbook-*")
		if err != nil {
			return err
		}
		x.file, x.out = f, bufio.NewWriterSize(f, 64<<10)
	}
	x.ends = append(x.ends, x.begin(len(x.ends))+int64(len(s)))
	_, err := x.out.Write(s)
	return err
}

func (x *texts) finish() error {
	if x.out == nil {
		return nil
	}
	err := x.out.Flush()
	x.out = nil
	return err
}

func (x *texts) begin(i int) int64 {
	if i == 0 {
		return 0
	}
	return x.ends[i-1]
}

// get is a text by its number.
func (x *texts) get(i int) (string, error) {
	if x == nil || i < 0 || i >= len(x.ends) {
		return "", fmt.Errorf("there is no text %d", i)
	}
	from, to := x.begin(i), x.ends[i]
	inside := int64(len(x.inside))
	if to <= inside {
		return string(x.inside[from:to]), nil
	}
	if n := int(to - from); cap(x.buf) < n {
		x.buf = make([]byte, n)
	}
	x.buf = x.buf[:to-from]
	if _, err := x.file.ReadAt(x.buf, from-inside); err != nil {
		return "", err
	}
	return string(x.buf), nil
}

func (x *texts) close() error {
	if x.file == nil {
		return nil
	}
	return errors.Join(x.file.Close(), os.Remove(x.file.Name()))
}
