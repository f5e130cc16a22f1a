// Command cairn is the whole product: the server with the web app inside, and
// the command line beside it.
//
// main only turns arguments, signals and errors into a running command and an
// exit code. Each command is a file; wire.go says which parts exist.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	_ "time/tzdata" // people's time zones, also where the system has none

	"github.com/alecthomas/kong"

	"cairn"
)

// version is set when the program is built.
var version = "dev"

// Exit codes.
const (
	exitOK      = 0
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3 // an import read the file but refused some of it
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// exitError ends the program with a code other than 1.
type exitError struct {
	code int
	msg  string
}

// Error returns the message.
func (e *exitError) Error() string { return e.msg }

// run parses the arguments and runs one command.
func run(ctx context.Context, args []string, std streams) int {
	var cli cli
	helped := false
	parser, err := kong.New(&cli,
		kong.Name("cairn"),
		kong.Description("The product owner's workbench: capture, prioritise, decide, share. One program, with the database inside."),
		kong.Vars{"version": version},
		kong.Writers(std.out, std.err),
		kong.Exit(func(int) { helped = true }),
		kong.WithHyphenPrefixedParameters(true), // so that --limit -1 is a number
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std),
	)
	if err != nil {
		fmt.Fprintln(std.err, "cairn:", err)
		return exitFailed
	}
	if len(args) == 0 || args[0] == "help" {
		args = append(args[min(1, len(args)):], "--help")
	}
	cmd, err := parser.Parse(args)
	if helped {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(std.err, "cairn: %v\nTry \"cairn help\".\n", err)
		return exitUsage
	}
	if given(cmd, "data") && !given(cmd, "db") {
		cli.globals.DB = "" // a flag counts before a variable
	}
	if !startsEmpty(cmd.Command()) {
		if err := cli.globals.exists(); err != nil {
			return report(err, std)
		}
	}
	return report(cmd.Run(&cli.globals), std)
}

// given reports whether a flag stands among the arguments; variables of the
// environment do not count.
func given(cmd *kong.Context, flag string) bool {
	return slices.ContainsFunc(cmd.Path, func(p *kong.Path) bool { return p.Flag != nil && p.Flag.Name == flag })
}

// report prints what went wrong and says how the program ends.
func report(err error, std streams) int {
	if err == nil {
		return exitOK
	}
	var exit *exitError
	if errors.As(err, &exit) {
		if exit.msg != "" {
			fmt.Fprintln(std.err, "cairn:", exit.msg)
		}
		return exit.code
	}
	fmt.Fprintln(std.err, "cairn:", err)
	var known *cairn.Error
	if errors.As(err, &known) && known.Cause != nil {
		fmt.Fprintln(std.err, "  because:", known.Cause)
	}
	return exitFailed
}
