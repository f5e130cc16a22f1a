package auth

import "strings"

// Device describes a browser or program in a few words, such as "Firefox on
// Windows", from its User-Agent header. It is for people who look through their
// sessions; nothing is decided by it.
func Device(userAgent string) string {
	browser := firstOf(userAgent, browsers())
	system := firstOf(userAgent, systems())
	switch {
	case browser == "" && system == "":
		name, _, _ := strings.Cut(strings.TrimSpace(userAgent), " ")
		name, _, _ = strings.Cut(name, "/")
		if name == "" || len(name) > 40 {
			return "Unknown device"
		}
		return name
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return browser + " on " + system
}

// mark is a part of a User-Agent and what it tells.
type mark struct{ part, name string }

// browsers has the specific before the general: Edge also says Chrome, and
// Chrome also says Safari.
func browsers() []mark {
	return []mark{
		{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"OPR/", "Opera"}, {"Vivaldi/", "Vivaldi"},
		{"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"},
	}
}

// systems has the specific before the general: Android also says Linux, and an
// iPhone also says Mac OS X.
func systems() []mark {
	return []mark{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"},
		{"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"}, {"FreeBSD", "FreeBSD"},
	}
}

func firstOf(s string, marks []mark) string {
	for _, m := range marks {
		if strings.Contains(s, m.part) {
			return m.name
		}
	}
	return ""
}
