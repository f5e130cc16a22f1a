package cairn_test

import (
	"testing"

	"cairn"
)

// Each kind stands in the table once, with a word for people, and secrets are
// nobody's to hear of.
func TestKinds(t *testing.T) {
	seen := make(map[cairn.Kind]bool)
	for _, info := range cairn.Kinds() {
		got, ok := info.Kind.Info()
		if !ok || got != info || seen[info.Kind] || info.Noun == "" {
			t.Errorf("kind %q: %+v, %v, twice %v", info.Kind, got, ok, seen[info.Kind])
		}
		seen[info.Kind] = true
	}
	for _, secret := range []cairn.Kind{cairn.KindInvitation, cairn.KindToken} {
		if info, _ := secret.Info(); info.Audience != cairn.AudienceNobody {
			t.Errorf("changes of a %s are told to audience %d", secret, info.Audience)
		}
	}
	if _, ok := cairn.Kind("unicorn").Info(); ok {
		t.Error("an unknown kind is known")
	}
}
