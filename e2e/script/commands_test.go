package script

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// lookPath returns the program under test from the PATH of the script.
func lookPath(ts *testscript.TestScript) (string, error) {
	first, _, _ := strings.Cut(ts.Getenv("PATH"), string(os.PathListSeparator))
	return filepath.EvalSymlinks(filepath.Join(first, "cairn"))
}

// cmdStatus runs a program and compares its exit code: status CODE PROGRAM [ARGUMENT…].
func cmdStatus(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	if len(args) < 2 {
		ts.Fatalf("usage: status CODE PROGRAM [ARGUMENT…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdHTTP sends one request: http STATUS METHOD PATH [BODY] [-H 'Name: value']…; a body that
// begins with @ is a file. The answer's body is on stdout, its headers are on stderr.
func cmdHTTP(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	var headers []string
	for i := slices.Index(args, "-H"); i >= 0 && i+1 < len(args); i = slices.Index(args, "-H") {
		headers = append(headers, args[i+1])
		args = slices.Delete(slices.Clone(args), i, i+2)
	}
	if len(args) != 3 && len(args) != 4 {
		ts.Fatalf("usage: http STATUS METHOD PATH [BODY] [-H 'Name: value']…")
	}
	var body []byte
	if len(args) == 4 {
		body = []byte(args[3])
		if name, isFile := strings.CutPrefix(args[3], "@"); isFile {
			body = []byte(ts.ReadFile(name))
		}
	}
	target := args[2]
	if strings.HasPrefix(target, "/") {
		target = ts.Getenv("URL") + target
	}
	request, err := http.NewRequest(args[1], target, bytes.NewReader(body))
	ts.Check(err)
	if len(args) == 4 {
		request.Header.Set("Content-Type", "application/json")
	}
	if token := ts.Getenv("TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for _, header := range headers {
		name, value, found := strings.Cut(header, ":")
		if !found {
			ts.Fatalf("header %q: want 'Name: value'", header)
		}
		request.Header.Set(name, strings.TrimSpace(value))
	}
	client := http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	ts.Check(err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	ts.Check(err)
	_, _ = ts.Stdout().Write(content)
	ts.Check(response.Header.Write(ts.Stderr()))
	if got := strconv.Itoa(response.StatusCode); got != args[0] {
		ts.Fatalf("%s %s: status %s, want %s", args[1], args[2], got, args[0])
	}
}

// cmdJSON compares one value: json FILE PATH WANT; negated, the value must differ or be absent.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH WANT")
	}
	got, err := lookup(ts.ReadFile(args[0]), args[1])
	switch {
	case neg && err == nil && got == args[2]:
		ts.Fatalf("%s is %s", args[1], got)
	case !neg && err != nil:
		ts.Fatalf("%v", err)
	case !neg && got != args[2]:
		ts.Fatalf("%s is %s, want %s", args[1], got, args[2])
	}
}

// cmdLet sets a variable from a value: let VAR FILE PATH.
func cmdLet(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	if len(args) == 2 {
		ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile(args[1])))
		return
	}
	if len(args) != 3 {
		ts.Fatalf("usage: let VAR FILE [PATH]")
	}
	value, err := lookup(ts.ReadFile(args[1]), args[2])
	ts.Check(err)
	ts.Setenv(args[0], value)
}

// cmdUntil asks a running server until its answer matches: until PATTERN PATH.
func cmdUntil(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	if len(args) != 2 {
		ts.Fatalf("usage: until PATTERN PATH")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	request, err := http.NewRequest(http.MethodGet, ts.Getenv("URL")+args[1], nil)
	ts.Check(err)
	request.Header.Set("Authorization", "Bearer "+ts.Getenv("TOKEN"))
	deadline := time.Now().Add(patience)
	for range time.Tick(20 * time.Millisecond) {
		response, err := http.DefaultClient.Do(request)
		ts.Check(err)
		content, err := io.ReadAll(response.Body)
		response.Body.Close()
		ts.Check(err)
		if pattern.Match(content) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s did not match %s within %s: %.500s", args[1], pattern, patience, content)
		}
	}
}

// lookup follows a dotted path (names, indexes, length of a list) through a JSON document. Strings
// come back as they are, everything else as JSON.
func lookup(document, path string) (string, error) {
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", fmt.Errorf("not JSON: %v: %.200s", err, document)
	}
	for step := range strings.SplitSeq(path, ".") {
		next, ok := child(value, step)
		if !ok {
			return "", fmt.Errorf("%s: there is no %q in %.200v", path, step, value)
		}
		value = next
	}
	if text, ok := value.(string); ok {
		return text, nil
	}
	encoded, err := json.Marshal(value)
	return string(encoded), err
}

// child returns one step down from a JSON value.
func child(value any, step string) (any, bool) {
	switch value := value.(type) {
	case map[string]any:
		next, ok := value[step]
		return next, ok
	case []any:
		if step == "length" {
			return len(value), true
		}
		i, err := strconv.Atoi(step)
		if err != nil || i < 0 || i >= len(value) {
			return nil, false
		}
		return value[i], true
	}
	return nil, false
}

// cmdEventually runs a program until its standard output matches: eventually PATTERN PROGRAM [ARGUMENT…].
func cmdEventually(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	if len(args) < 2 {
		ts.Fatalf("usage: eventually PATTERN PROGRAM [ARGUMENT…]")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	ts.Check(err)
	deadline := time.Now().Add(patience)
	for range time.Tick(50 * time.Millisecond) {
		err := ts.Exec(args[1], args[2:]...)
		if err == nil && pattern.MatchString(ts.ReadFile("stdout")) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("the output did not match %s within %s (last error: %v)", pattern, patience, err)
		}
	}
}
