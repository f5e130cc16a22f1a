#!/usr/bin/env bash
# Writes web/src/api/schema.d.ts from the OpenAPI document of the built server. With --check it only
# compares and fails when the file is out of date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly target=web/src/api/schema.d.ts
work=$(mktemp -d "${TMPDIR:-/tmp}/cairn-api.XXXXXX")
trap 'rm -rf "$work"' EXIT

"${CAIRN_BIN:-bin/cairn}" openapi >"$work/openapi.json"
web/tools/openapi/node_modules/.bin/openapi-typescript "$work/openapi.json" --output "$work/schema.d.ts" >"$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}

if [[ ${1:-} != --check ]]; then
	cp "$work/schema.d.ts" "$target"
	echo "wrote $target"
elif ! diff -u "$target" "$work/schema.d.ts" >"$work/diff"; then
	head -n 40 "$work/diff"
	echo "$target does not match the server's API; run make generate and commit the result."
	exit 1
fi
