// Package script runs plain-text scripts against the built program, on SQLite and on PostgreSQL.
//
// Each file in scripts is one story: commands above, the files they need below (txtar). Start with
// scripts/harness.txtar, which shows every command that this package adds to those of
// github.com/rogpeppe/go-internal/testscript:
//
//	status CODE cairn …              run a program and want this exit code
//	serve [-name NAME] [FLAG…]       start the server, wait until it answers, set $URL
//	setup-link [NAME]                wait for the one-time set-up link and set $SETUP
//	end [NAME], kill9  [NAME]        end it politely (exit code 0 wanted) or at once
//	http STATUS METHOD PATH [BODY]   send a request with $TOKEN; body on stdout, headers on stderr
//	json FILE PATH WANT              compare one value of a JSON document: ideas.0.key, ideas.length
//	let VAR FILE [PATH]              put a file, or one value of a JSON document, into a variable
//	eventually PATTERN cairn …       run a program until its output matches
//	until PATTERN PATH               ask the server until its answer matches
//	target, bucket                   a webhook target, an S3 server; see their functions
//
// Conditions: [sqlite], [postgres] for the database of this run, [samples] when the sample data is
// there; $SAMPLES is its directory. The database is chosen by CAIRN_DATA or CAIRN_DB, which every
// cairn command of a script sees.
package script
