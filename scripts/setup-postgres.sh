#!/usr/bin/env bash
# Finds the PostgreSQL server programs (initdb, pg_ctl) and installs them from the distribution when
# they are missing. Prints their directory; everything else goes to standard error.
set -euo pipefail

bin_dir() {
	local dir
	for dir in "${CAIRN_POSTGRES_BIN:-}" \
		$(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin 2>/dev/null | sort -rV) \
		"$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
		if [[ -n $dir && -x $dir/initdb && -x $dir/pg_ctl && -x $dir/postgres ]]; then
			echo "$dir"
			return 0
		fi
	done
	return 1
}

bin_dir && exit 0

as_root() {
	if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

if command -v apt-get >/dev/null && { [[ $(id -u) -eq 0 ]] || sudo -n true 2>/dev/null; }; then
	echo "PostgreSQL is missing: installing it with apt-get" >&2
	as_root apt-get update -qq >&2
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >&2
	bin_dir && exit 0
fi

cat >&2 <<'END'
The tests need the PostgreSQL server programs (version 14 or newer), and they could not be installed from here.
Install them, then run the command again:
  Debian, Ubuntu   sudo apt-get install postgresql
  Fedora           sudo dnf install postgresql-server
  Arch             sudo pacman -S postgresql
  macOS            brew install postgresql@17
If they are somewhere else, set CAIRN_POSTGRES_BIN to the directory that holds initdb and pg_ctl.
END
exit 1
