package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"cairn"
	"cairn/internal/similar"
)

type similarCmd struct {
	Report similarReportCmd `cmd:"" help:"Measure on files of known duplicates how often the other one is found."`
}

type similarReportCmd struct {
	Files     []string `arg:"" help:"CSV files with a pair a row: title 1, description 1, title 2, description 2, id 1, id 2." type:"existingfile"`
	Among     []string `help:"CSV files with a title and a description column whose rows are the crowd around them." placeholder:"FILE,…" type:"existingfile"`
	Suspected bool     `help:"Also say how many pairs would be suspected of being one thing, by the least score of both ways, and how many of them are known."`
	Part      string   `help:"Which pairs to measure: all, or one of two halves, to tune on one and report on the other." enum:"all,tune,report" default:"all"`
}

// Run measures and prints the table.
func (c *similarReportCmd) Run(std streams) error {
	m := measuring{index: similar.New(), ids: make(map[string]cairn.ID)}
	for _, name := range c.Among {
		if err := m.addCrowd(name); err != nil {
			return err
		}
	}
	m.crowd = cairn.ID(len(m.docs))
	files := make([][]pair, len(c.Files))
	for i, name := range c.Files {
		pairs, err := m.addPairs(name)
		if err != nil {
			return err
		}
		files[i] = pairs
	}
	fmt.Fprintf(std.out, "%d texts\n", m.index.Len())
	out := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "file\tasked with\tpairs\trecall@1\trecall@5\trecall@10\tp50\tp99")
	for i, pairs := range files {
		pairs = slices.DeleteFunc(pairs, func(p pair) bool { return !m.inPart(p, c.Part) })
		for _, with := range []string{"title", "all"} {
			fmt.Fprintf(out, "%s\t%s\t%s\n", c.Files[i], with, m.recall(pairs, with))
		}
	}
	if c.Suspected {
		fmt.Fprint(out, "\nleast score\tsuspected pairs\tknown\tshare known\n")
		for _, line := range m.suspected() {
			fmt.Fprintln(out, line)
		}
	}
	return out.Flush()
}

// suspected asks with the title of every text and counts the pairs that find each
// other, each with a score of at least so much. What is not known to be one thing may
// be so all the same: the share is a lower bound.
func (m *measuring) suspected() []string {
	const lowest = 0.4
	score := make(map[pair]float32)
	for id := range cairn.ID(len(m.docs)) {
		ask := similar.Query{Title: m.docs[id].Title, Limit: 5, Least: lowest}
		ask.Filter = func(other cairn.ID) bool { return other != id+1 }
		for _, h := range m.index.Like(ask) {
			score[pair{id + 1, h.ID}] = h.Score
		}
	}
	var out []string
	for _, least := range []float32{0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
		found, known := 0, 0
		for p, there := range score {
			back, ok := score[pair{p.b, p.a}]
			if !ok || p.a > p.b || min(there, back) < least || similar.OtherNumbers(m.docs[p.a-1].Title, m.docs[p.b-1].Title) {
				continue
			}
			found++
			if m.same[p] {
				known++
			}
		}
		out = append(out, fmt.Sprintf("%.1f\t%d\t%d\t%.2f", least, found, known, float64(known)/float64(max(1, found))))
	}
	return out
}

// pair is two texts that say the same.
type pair struct{ a, b cairn.ID }

// measuring holds the texts that a report is about.
type measuring struct {
	index *similar.Index
	docs  []similar.Doc // by id−1
	ids   map[string]cairn.ID
	same  map[pair]bool
	// crowd is how many of the texts are of no pair.
	crowd cairn.ID
}

// inPart tells the halves of all pairs apart; pairs with a text in common mostly
// fall into one.
func (m *measuring) inPart(p pair, part string) bool {
	return part == "all" || ((min(p.a, p.b)-m.crowd)/2%2 == 0) == (part == "tune")
}

func (m *measuring) add(key, title, body string) cairn.ID {
	if id, ok := m.ids[key]; ok && key != "" {
		return id
	}
	id := cairn.ID(len(m.docs) + 1)
	m.ids[key] = id
	m.docs = append(m.docs, similar.Doc{ID: id, Title: title, Body: body})
	m.index.Put(m.docs[id-1])
	return id
}

func (m *measuring) addCrowd(name string) error {
	rows, column, err := readColumns(name, map[string][]string{
		"title": {"title", "summary", "name"}, "body": {"description", "body"},
	})
	for _, row := range rows {
		m.add("", row[column["title"]], row[column["body"]])
	}
	return err
}

func (m *measuring) addPairs(name string) ([]pair, error) {
	rows, column, err := readColumns(name, map[string][]string{
		"key1": {"id1", "key1", "bugid"}, "title1": {"title1", "summary1"}, "body1": {"description1"},
		"key2": {"id2", "key2", "duplicatebugids"}, "title2": {"title2", "summary2"}, "body2": {"description2"},
	})
	var out []pair
	for _, row := range rows {
		p := pair{
			m.add(wholeNumber(row[column["key1"]]), row[column["title1"]], row[column["body1"]]),
			m.add(wholeNumber(row[column["key2"]]), row[column["title2"]], row[column["body2"]]),
		}
		if p.a == p.b {
			continue
		}
		if m.same == nil {
			m.same = make(map[pair]bool)
		}
		m.same[p], m.same[pair{p.b, p.a}] = true, true
		out = append(out, p)
	}
	return out, err
}

// recall asks with each half of each pair and words how often the other one was
// among the first 1, 5 and 10. Other known duplicates take no place.
func (m *measuring) recall(pairs []pair, with string) string {
	found := map[int]int{}
	var took []time.Duration
	for _, p := range pairs {
		for _, q := range []pair{p, {p.b, p.a}} {
			ask := similar.Query{Title: m.docs[q.a-1].Title, Limit: 10, Least: 0.001}
			if with == "all" {
				ask.Body = m.docs[q.a-1].Body
			}
			ask.Filter = func(id cairn.ID) bool { return id == q.b || id != q.a && !m.same[pair{q.a, id}] }
			start := time.Now()
			hits := m.index.Like(ask)
			took = append(took, time.Since(start))
			at := slices.IndexFunc(hits, func(h similar.Hit) bool { return h.ID == q.b })
			for _, k := range []int{1, 5, 10} {
				if at >= 0 && at < k {
					found[k]++
				}
			}
		}
	}
	if len(pairs) == 0 {
		return "0"
	}
	slices.Sort(took)
	share := func(k int) float64 { return float64(found[k]) / float64(len(took)) }
	return fmt.Sprintf("%d\t%.3f\t%.3f\t%.3f\t%s\t%s", len(pairs), share(1), share(5), share(10),
		took[len(took)/2].Round(10*time.Microsecond), took[len(took)*99/100].Round(10*time.Microsecond))
}

// readColumns reads a CSV file and finds its columns by any of their names,
// spaces and underscores left out.
func readColumns(name string, wanted map[string][]string) (rows [][]string, column map[string]int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(all) == 0 {
		return nil, nil, cairn.Invalid("report", "%s is empty", name)
	}
	column = make(map[string]int)
	for key, names := range wanted {
		at := slices.IndexFunc(all[0], func(head string) bool { return slices.Contains(names, plainName(head)) })
		if at < 0 {
			return nil, nil, cairn.Invalid("report", "%s has no column %s", name, names[0])
		}
		column[key] = at
	}
	for _, row := range all[1:] {
		for i := range row {
			row[i] = unquoteList(row[i])
		}
	}
	return all[1:], column, nil
}

func plainName(head string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, head)
}

// unquoteList takes the brackets from a cell that holds a list of one text.
func unquoteList(cell string) string {
	for _, quote := range []string{"'", `"`} {
		if inner, ok := strings.CutPrefix(cell, "["+quote); ok {
			if inner, ok = strings.CutSuffix(inner, quote+"]"); ok {
				return inner
			}
		}
	}
	return cell
}

// wholeNumber writes 12.0 as 12.
func wholeNumber(s string) string {
	if f, err := strconv.ParseFloat(s, 64); err == nil && f == float64(int64(f)) {
		return strconv.FormatInt(int64(f), 10)
	}
	return s
}
