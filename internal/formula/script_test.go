package formula_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/formula"
)

// TestScripts runs testdata/*.txt. A script consists of
//
//	load            followed by lines "  Name: kind | cell | cell"
//	delete Name     the column is there no more
//	viewer Name     the person who asks
//	eval EXPR       followed by one line "  value | value", as show writes them
//	number EXPR     the same, wanted as a number
//	where EXPR      the same, as a condition: "true | false"
//	fail EXPR       followed by lines "  pos-end message. remedy"
//
// Lines that start with # are comments; they cite the rules of the specification.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			runScript(t, file, strings.Split(string(raw), "\n"))
		})
	}
}

func runScript(t *testing.T, file string, lines []string) {
	rows := &table{}
	env := formula.Env{Today: today}
	ran := 0
	for at := 0; at < len(lines); {
		line, start := strings.TrimSpace(lines[at]), at+1
		at++
		if line == "" || line[0] == '#' {
			continue
		}
		var block []string
		for at < len(lines) && strings.HasPrefix(lines[at], "  ") {
			block = append(block, strings.TrimSpace(lines[at]))
			at++
		}
		command, rest, _ := strings.Cut(line, " ")
		rest = strings.ReplaceAll(rest, `\n`, "\n")
		switch command {
		case "load":
			rows = &table{}
			for _, l := range block {
				head, cells, _ := strings.Cut(l, "|")
				name, kind, _ := strings.Cut(head, ":")
				rows.addColumn(t, name, strings.TrimSpace(kind), split(cells))
			}
		case "delete":
			ref, _ := rows.Resolve(rest)
			rows.find(ref).name = ""
		case "viewer":
			env.Viewer = rest
		case "eval", "number", "where":
			ran++
			want := map[string]formula.Kind{"number": formula.Number, "where": formula.Bool}[command]
			got := evaluate(rows, rest, want, env)
			if expected := strings.Join(block, " | "); got != strings.Join(split(expected), " | ") {
				t.Errorf("%s:%d: %s\n got %s\nwant %s", file, start, rest, got, expected)
			}
		case "fail":
			ran++
			_, errs := formula.Compile(rest, rows, formula.Null)
			var got []string
			for _, e := range errs {
				got = append(got, describe(e))
			}
			if strings.Join(got, "\n") != strings.Join(block, "\n") {
				t.Errorf("%s:%d: %s\n got %s\nwant %s", file, start, rest, strings.Join(got, "\n     "), strings.Join(block, "\n     "))
			}
		default:
			t.Fatalf("%s:%d: unknown command %q", file, start, command)
		}
	}
	if ran == 0 {
		t.Fatalf("%s: nothing was evaluated", file)
	}
}

func split(cells string) []string {
	parts := strings.Split(cells, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func evaluate(rows *table, expr string, want formula.Kind, env formula.Env) string {
	p, errs := formula.Compile(expr, rows, want)
	if errs != nil {
		return "does not compile: " + errs[0].Error()
	}
	var out []string
	if want == formula.Bool {
		holds := make([]bool, rows.Len())
		p.Condition(rows, env, holds)
		for _, h := range holds {
			out = append(out, map[bool]string{true: "true", false: "false"}[h])
		}
		return strings.Join(out, " | ")
	}
	var r formula.Result
	p.Eval(formula.Input{Rows: rows, Hi: rows.Len(), Env: env}, &r)
	for i := range r.Status {
		out = append(out, show(rows, p, &r, i))
	}
	return strings.Join(out, " | ")
}

func describe(e formula.Error) string {
	return strings.TrimSpace(strings.Join([]string{position(e), e.Message + ".", e.Remedy}, " "))
}

func position(e formula.Error) string { return fmt.Sprintf("%d-%d", e.Pos, e.End) }
