#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own: scripts/with-postgres.sh go test ./internal/store/...
#
# The cluster lives in a temporary directory, listens on a free port of 127.0.0.1 with a random
# password, and is stopped and removed when the command ends, whatever happens. The command finds it
# in CAIRN_TEST_POSTGRES. Commits are written to the disk as in production unless
# CAIRN_TEST_POSTGRES_FSYNC=off. When CAIRN_TEST_POSTGRES is set already, that server is used.
set -euo pipefail

if [[ $# -eq 0 ]]; then
	echo "usage: $0 COMMAND [ARGUMENT…]" >&2
	exit 2
fi
if [[ -n ${CAIRN_TEST_POSTGRES:-} ]]; then
	exec "$@"
fi

bin=$("$(dirname "${BASH_SOURCE[0]}")/setup-postgres.sh")
dir=$(mktemp -d "${TMPDIR:-/tmp}/cairn-postgres.XXXXXX")

# The server refuses to run as root: it gets the distribution's user, or nobody.
server=()
if [[ $(id -u) -eq 0 ]]; then
	user=postgres
	id "$user" >/dev/null 2>&1 || user=nobody
	chown "$user" "$dir"
	if command -v runuser >/dev/null; then
		server=(runuser -u "$user" --)
	else
		server=(sudo -u "$user")
	fi
fi

# The empty default keeps old versions of bash from calling an empty list unset.
as_server() { (cd / && ${server[@]+"${server[@]}"} "$@"); }

stop() {
	local code=$?
	trap - EXIT INT TERM HUP
	if [[ -e $dir/data/postmaster.pid ]]; then
		as_server "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
	fi
	rm -rf "$dir"
	exit "$code"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && printf '%s' "$password" >"$dir/password")
if [[ $(id -u) -eq 0 ]]; then chown "$user" "$dir/password"; fi
fsync=${CAIRN_TEST_POSTGRES_FSYNC:-on}

if ! as_server "$bin/initdb" -D "$dir/data" -U cairn --pwfile="$dir/password" --auth=scram-sha-256 \
	--encoding=UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1; then
	echo "The PostgreSQL cluster could not be created:" >&2
	cat "$dir/initdb.log" >&2
	exit 1
fi
cat >>"$dir/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = '$dir'
max_connections = 200
fsync = $fsync
END

# Another program may take a port between looking and listening, so a few are tried.
for attempt in 1 2 3 4 5 6 7 8 9 10; do
	port=$((15000 + (RANDOM * 32768 + RANDOM) % 15000))
	if as_server "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/data/server.log" -o "-p $port" start >/dev/null 2>&1; then
		break
	fi
	if [[ $attempt -eq 10 ]]; then
		echo "The PostgreSQL server did not start:" >&2
		cat "$dir/data/server.log" >&2
		exit 1
	fi
done

# The command runs in the foreground of this shell, so that a signal to the group reaches it first.
CAIRN_TEST_POSTGRES="postgres://cairn:$password@127.0.0.1:$port/postgres?sslmode=disable" "$@"
