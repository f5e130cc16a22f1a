package script

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cairn/internal/cairntest/pgtest"
)

// TestScripts runs every script on both databases.
func TestScripts(t *testing.T) {
	binary := program(t)
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			if database == "postgres" {
				pgtest.URL(t) // skips, or fails under CI, when there is no server
			}
			testscript.Run(t, testscript.Params{
				Dir:                 "scripts",
				RequireExplicitExec: true,
				RequireUniqueNames:  true,
				Setup:               func(env *testscript.Env) error { return setup(env, binary, database) },
				Condition:           func(name string) (bool, error) { return condition(name, database) },
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"status":     cmdStatus,
					"serve":      cmdServe,
					"setup-link": cmdSetupLink,
					"end":        cmdStop,
					"kill9":      cmdKill9,
					"http":       cmdHTTP,
					"json":       cmdJSON,
					"let":        cmdLet,
					"until":      cmdUntil,
					"eventually": cmdEventually,
					"target":     cmdTarget,
					"bucket":     cmdBucket,
				},
			})
		})
	}
}

// program returns the path of the binary under test: CAIRN_BIN, or one built for this run.
func program(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("CAIRN_BIN"); path != "" {
		// Looking at the file makes a new build invalidate Go's cached test results.
		if _, err := os.Stat(path); err != nil {
			t.Fatalf("CAIRN_BIN: %v; run make build", err)
		}
		absolute, err := filepath.Abs(path)
		if err != nil {
			t.Fatal(err)
		}
		return absolute
	}
	path := filepath.Join(t.TempDir(), "cairn")
	build := exec.Command("go", "build", "-o", path, "cairn/cmd/cairn")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, output)
	}
	return path
}

// setup gives a script the program on its PATH, a database of its own and the sample data.
func setup(env *testscript.Env, binary, database string) error {
	bin := filepath.Join(env.WorkDir, ".bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		return err
	}
	if err := os.Symlink(binary, filepath.Join(bin, "cairn")); err != nil {
		return err
	}
	env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
	env.Setenv("SAMPLES", samples())
	switch database {
	case "sqlite":
		env.Setenv("CAIRN_DATA", filepath.Join(env.WorkDir, "data"))
	case "postgres":
		tb, ok := env.T().(testing.TB)
		if !ok {
			return fmt.Errorf("%T is no testing.TB", env.T())
		}
		env.Setenv("CAIRN_DB", pgtest.URL(tb))
	}
	servers := &fleet{running: map[string]*server{}}
	env.Values[fleetKey{}] = servers
	env.Values[targetKey{}] = new(*target)
	env.Values[bucketKey{}] = new(*bucketServer)
	env.Defer(servers.killAll)
	return nil
}

// samples returns the directory of the sample data, whether it exists or not.
func samples() string {
	if dir := os.Getenv("CAIRN_SAMPLES"); dir != "" {
		return dir
	}
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data"))
	if err != nil {
		return ""
	}
	return dir
}

// condition answers the [conditions] of scripts.
func condition(name, database string) (bool, error) {
	switch name {
	case "sqlite", "postgres":
		return name == database, nil
	case "samples":
		info, err := os.Stat(samples())
		return err == nil && info.IsDir(), nil
	}
	return false, fmt.Errorf("there is no condition %s", name)
}
