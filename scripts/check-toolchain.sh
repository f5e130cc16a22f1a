#!/usr/bin/env bash
# Says what to install when Go or Node.js is missing or too old. Silent when all is well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly want_go=1.26 want_node='20.19 (or 22.12)'
failed=0

# at_least HAVE WANT compares dotted versions.
at_least() {
	[[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

# node_fits VERSION follows what the build tools support: 20.19 and later 20s, 22.12 and everything after.
node_fits() {
	at_least "$1" 22.12 || { [[ $1 == 20.* ]] && at_least "$1" 20.19; }
}

need() {
	echo "$1" >&2
	failed=1
}

if ! command -v go >/dev/null; then
	need "Go is missing: install Go $want_go or newer from https://go.dev/dl"
elif ! go_version=$(go env GOVERSION 2>/dev/null); then
	need "Go is too old for this project ($(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || echo unknown)): install Go $want_go or newer from https://go.dev/dl"
elif go_version=${go_version#go} && ! at_least "${go_version%% *}" "$want_go"; then
	need "Go ${go_version%% *} is too old: install Go $want_go or newer from https://go.dev/dl"
fi

if ! command -v node >/dev/null; then
	need "Node.js is missing: install Node.js $want_node or newer from https://nodejs.org"
elif node_version=$(node --version) && ! node_fits "${node_version#v}"; then
	need "Node.js ${node_version#v} is too old: install Node.js $want_node or newer from https://nodejs.org"
elif ! command -v npm >/dev/null; then
	need "npm is missing: it comes with Node.js, https://nodejs.org (on Debian: apt-get install npm)"
fi

exit "$failed"
