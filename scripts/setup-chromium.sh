#!/usr/bin/env bash
# Finds Chromium (or Chrome) and installs it from the distribution when it is missing. Prints the
# path of the program; everything else goes to standard error.
set -euo pipefail

find_browser() {
	local name
	for name in "${CAIRN_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome \
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
		if [[ -n $name ]] && command -v "$name" 2>/dev/null; then
			return 0
		fi
	done
	return 1
}

find_browser && exit 0

as_root() {
	if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

if command -v apt-get >/dev/null && { [[ $(id -u) -eq 0 ]] || sudo -n true 2>/dev/null; }; then
	echo "Chromium is missing: installing it with apt-get" >&2
	as_root apt-get update -qq >&2
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >&2
	find_browser && exit 0
fi

cat >&2 <<'END'
The browser tests need Chromium (or Chrome), and it could not be installed from here.
Install it, then run the command again:
  Debian, Ubuntu   sudo apt-get install chromium
  Fedora           sudo dnf install chromium
  Arch             sudo pacman -S chromium
  macOS            brew install --cask chromium
If it is somewhere else, set CAIRN_CHROMIUM to the path of the program.
END
exit 1
