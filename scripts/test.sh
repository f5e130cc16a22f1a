#!/usr/bin/env bash
# Runs the test suites one after the other and closes with a line for each:
#   go       packages, on SQLite and PostgreSQL
#   web      unit tests of the web app
#   script   scripts against the built binary
#   browser  journeys in Chromium
# Arguments choose some of them; without arguments all run. `make test` builds first and calls this.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

suites=("$@")
[[ ${#suites[@]} -gt 0 ]] || suites=(go web script browser)

for suite in "${suites[@]}"; do
	case $suite in
	go | web | script | browser) ;;
	*)
		echo "There is no suite $suite; the suites are go, web, script and browser" >&2
		exit 2
		;;
	esac
done

# One cluster serves all suites: run again inside it. No test takes the power from its machine.
if [[ -z ${CAIRN_TEST_POSTGRES:-} && " ${suites[*]} " != " web " ]]; then
	CAIRN_TEST_POSTGRES_FSYNC=off exec scripts/with-postgres.sh "$0" "${suites[@]}"
fi

export CAIRN_BIN=${CAIRN_BIN:-$PWD/bin/cairn}
export NO_COLOR=1
unset FORCE_COLOR
logs=$(mktemp -d "${TMPDIR:-/tmp}/cairn-test.XXXXXX")
trap 'rm -rf "$logs"' EXIT

go_tests() { go test -json "$@" | node scripts/go-test-summary.mjs; }

run_suite() {
	case $1 in
	go)
		local packages
		packages=$(go list ./... | grep -v '/e2e/') || return 1
		# shellcheck disable=SC2086 # one word per package
		go_tests $packages
		;;
	web) npm --prefix web run --silent test ;;
	script) go_tests ./e2e/script ;;
	browser)
		CAIRN_CHROMIUM=$(scripts/setup-chromium.sh) || return 1
		export CAIRN_CHROMIUM
		npm --prefix e2e/browser run --silent test
		;;
	esac
}

# count LOG WORD adds up the "N passed" of a suite's closing lines, whoever wrote them.
count() {
	grep -E '^ *(Tests  +)?[0-9]+ (passed|failed|skipped|flaky|interrupted|did not run)' "$1" |
		grep -oE "[0-9]+ $2" | awk '{ n += $1 } END { print n + 0 }'
}

# why LOG says in a few lines what failed and where: the whole story may be cut out of a long report.
why() {
	grep -E '^ +([0-9]+\) |Error:|Locator:|Expected|Received|> +[0-9]+ \|)|^ *--- FAIL|_test\.go:[0-9]+:|^ FAIL |AssertionError' "$1" | awk '!seen[$0]++' | head -60
}

failed=0 table='' reasons=''
for suite in "${suites[@]}"; do
	echo "== $suite"
	start=$SECONDS result=passed
	run_suite "$suite" </dev/null 2>&1 | tee "$logs/$suite" || result=FAILED
	if [[ $result != passed ]]; then
		failed=$((failed + 1))
		reasons+="-- $suite: what failed"$'\n'"$(why "$logs/$suite")"$'\n'
	fi
	table+=$(printf '%-8s %-7s %5d passed, %d failed, %d skipped, %d s' "$suite" "$result" "$(count "$logs/$suite" passed)" \
		"$(count "$logs/$suite" failed)" "$(count "$logs/$suite" skipped)" $((SECONDS - start)))$'\n'
done

printf '\n== summary\n%s%s%d suites passed, %d failed, %d s\n' "$reasons" "$table" $((${#suites[@]} - failed)) "$failed" "$SECONDS"
[[ $failed -eq 0 ]]
