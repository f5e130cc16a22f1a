package outward

import (
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true,
		"127.0.0.1": false, "127.9.9.9": false, "10.0.0.1": false, "172.16.5.4": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fd00::1": false, "ff02::1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false,
	} {
		if got := Public(netip.MustParseAddr(address).Unmap()); got != want {
			t.Errorf("%s is public: %v; want %v", address, got, want)
		}
	}
	if Public(netip.MustParseAddr("::ffff:127.0.0.1").Unmap()) {
		t.Error("a loopback address in the clothes of IPv6 is public")
	}
}

// HOOK-13: the operator may allow networks and single addresses, and nothing more.
func TestRule(t *testing.T) {
	r, err := ParseRule("10.0.0.0/8, 192.168.1.7,fd00::/8")
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{
		"10.1.2.3": true, "192.168.1.7": true, "fd00::1": true, "93.184.216.34": true, "::ffff:10.1.2.3": true,
		"192.168.1.8": false, "127.0.0.1": false, "169.254.169.254": false,
	} {
		if got := r.Allows(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is allowed: %v; want %v", address, got, want)
		}
	}
	if r.Named(netip.MustParseAddr("93.184.216.34")) {
		t.Error("a public address counts as named")
	}
	for _, bad := range []string{"10.0.0.0/40", "localhost", "10.0.0"} {
		if _, err := ParseRule(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
