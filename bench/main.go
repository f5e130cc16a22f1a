// Command bench measures Cairn on generated products and prints one table: what
// was measured, the figure, the target, what bounds it, and the figure recorded
// last. It asserts nothing.
//
// Start at lines, the list of what is measured. The program under test is the
// built one (CAIRN_BIN or bin/cairn), driven over HTTP; the engine lines call the
// engine itself.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// line is one row of the table.
type line struct {
	// Name identifies the line in the record of figures.
	Name string `json:"name"`
	// Figure is what was measured, with its unit.
	Figure string `json:"figure"`
	// target and bound are printed beside it.
	target, bound string
}

// table collects lines and prints them as they come.
type table struct {
	lines []line
	last  map[string]string
}

func (t *table) add(l line) {
	t.lines = append(t.lines, l)
	fmt.Fprintf(os.Stderr, "  %s: %s\n", l.Name, l.Figure)
}

func (t *table) print() error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "LINE\tFIGURE\tTARGET\tBOUND\tLAST RECORDED")
	for _, l := range t.lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", l.Name, l.Figure, l.target, l.bound, t.last[l.Name])
	}
	return w.Flush()
}

// recordFile keeps the figures that are compared with.
const recordFile = "bench/figures.json"

func (t *table) load() {
	t.last = make(map[string]string)
	raw, err := os.ReadFile(recordFile)
	if err != nil {
		return // nothing recorded yet
	}
	var lines []line
	if json.Unmarshal(raw, &lines) == nil {
		for _, l := range lines {
			t.last[l.Name] = l.Figure
		}
	}
}

func (t *table) save() error {
	raw, err := json.MarshalIndent(t.lines, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(recordFile, append(raw, '\n'), 0o644)
}

// options are the flags.
type options struct {
	sizes  []int
	bin    string
	pg     string
	record bool
	// only names the parts that are measured; none is all of them.
	only   []string
	limits limits
}

// wants reports whether a part of the table is asked for.
func (o options) wants(part string) bool {
	return len(o.only) == 0 || slices.Contains(o.only, part)
}

// measured is a part of the table that can be asked for alone.
type measured[F any] struct {
	part    string
	measure F
}

var parts = []measured[func(context.Context, options, *table) error]{
	{"program", measureProgram}, {"engine", measureEngine}, {"since", measureSince}, {"digest", measureDigest}, {"similar", measureSimilar},
	{"files", measureFiles}, {"sqlite", measureSQLite}, {"postgres", measurePostgres},
}

func main() {
	if args := os.Args[1:]; isBare(args) {
		if err := serveBare(args); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1) // stop was called
	}
}

// partNames lists what -only takes.
func partNames() string {
	var names []string
	for _, p := range parts {
		names = append(names, p.part)
	}
	for _, p := range (&measuring{}).parts() {
		names = append(names, p.part)
	}
	return strings.Join(names, ", ") + " (of a database: those after postgres, all when none is named)"
}

func run(ctx context.Context) error {
	opts := options{bin: os.Getenv("CAIRN_BIN"), pg: os.Getenv("CAIRN_TEST_POSTGRES")}
	sizes := flag.String("n", "1000,10000,100000", "numbers of ideas")
	flag.BoolVar(&opts.record, "record", false, "keep the figures in "+recordFile)
	only := flag.String("only", "", "parts of the table, all when empty: "+partNames())
	flag.Parse()
	if *only != "" {
		opts.only = strings.Split(*only, ",")
	}
	if opts.record && len(opts.only) > 0 {
		return errors.New("-record keeps a whole table; leave out -only")
	}
	for part := range strings.SplitSeq(*sizes, ",") {
		var n int
		if _, err := fmt.Sscan(part, &n); err != nil || n < 1 {
			return fmt.Errorf("-n takes numbers of ideas, not %q", part)
		}
		opts.sizes = append(opts.sizes, n)
	}
	if opts.bin == "" {
		opts.bin = filepath.Join("bin", "cairn")
	}
	if _, err := os.Stat(opts.bin); err != nil {
		return errors.New("the program is not built; run make bench, or make build first")
	}
	fmt.Printf("%s/%s, %d cores\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	t := &table{}
	t.load()
	before := load()
	var err error
	if opts.limits, err = measureLimits(t); err != nil {
		return err
	}
	for _, p := range parts {
		if !opts.wants(p.part) {
			continue
		}
		if err := p.measure(ctx, opts, t); err != nil {
			return errors.Join(t.print(), err)
		}
	}
	if after := load(); after != "" {
		t.add(line{Name: "processes wanting a core, before / at the end", Figure: fmt.Sprintf("%s / %s, the bench among them", before, after), target: "about 1 before"})
	}
	if opts.record {
		if err := t.save(); err != nil {
			return err
		}
	}
	return t.print()
}
