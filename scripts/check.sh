#!/usr/bin/env bash
# Checks everything that is not a test: formatting, vet, lint, architecture, generated files, sizes.
# All checks run; the closing lines say which failed. `make check` builds first and calls this.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

go_format() {
	local unformatted
	unformatted=$(find . \( -name node_modules -o -name .git \) -prune -o -name '*.go' -print0 | xargs -0 gofmt -s -l) || return 1
	[[ -z $unformatted ]] && return 0
	echo "These files are not formatted; run make fmt:"
	echo "$unformatted"
	return 1
}

dead_code() {
	local unreachable
	unreachable=$(go tool -modfile=tools.mod deadcode -test ./...) || return 1
	[[ -z $unreachable ]] && return 0
	echo "Nothing calls these functions, not even a test; use or delete them:"
	echo "$unreachable"
	return 1
}

shell_syntax() {
	local script
	for script in scripts/*.sh .ci/run; do
		bash -n "$script" || return 1
		[[ -x $script ]] || {
			echo "$script is not executable; run chmod +x $script"
			return 1
		}
	done
}

failed=()
passed=0
check() {
	local name=$1
	shift
	echo "== $name"
	if "$@" </dev/null; then
		passed=$((passed + 1))
	else
		failed+=("$name")
	fi
}

check "format of Go sources" go_format
check "go vet" go vet ./...
check "staticcheck" go tool -modfile=tools.mod staticcheck ./...
check "dead code" dead_code
check "architecture" go test ./internal/archtest
check "go.mod and go.sum are tidy" go mod tidy -diff
check "shell scripts" shell_syntax
check "web: types, format, lint, import directions" npm --prefix web run --silent check
check "web: size of the first load" npm --prefix web run --silent size
check "browser tests: types and format" npm --prefix e2e/browser run --silent check
check "generated API types" scripts/generate-api.sh --check

echo
if [[ ${#failed[@]} -gt 0 ]]; then
	printf 'failed: %s\n' "${failed[@]}"
fi
echo "$passed checks passed, ${#failed[@]} failed, $SECONDS s"
[[ ${#failed[@]} -eq 0 ]]
