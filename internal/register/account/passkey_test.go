package account_test

import (
	"strings"
	"testing"
	"time"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/audit"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/notify"
	"xiaojia/internal/register/account"
)

var home = account.Site{Host: "home.example", Origin: "https://home.example"}

// added gives an actor a passkey on a new device.
func (h *house) added(t *testing.T, by authz.Actor) *device {
	t.Helper()
	d := newDevice(t, home.Origin, home.Host)
	asked, err := h.OfferPasskey(t.Context(), by, home)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.AddPasskey(t.Context(), by, home, "安卓手机 · Chrome", d.make(t, asked)); err != nil {
		t.Fatal(err)
	}
	return d
}

func (h *house) enter(t *testing.T, d *device) (string, error) {
	t.Helper()
	asked, err := h.AskPasskey(t.Context(), home)
	if err != nil {
		t.Fatal(err)
	}
	return h.EnterByPasskey(t.Context(), account.KeyKnock{At: home, Answer: d.sign(t, asked), From: "10.0.0.9", Device: "Chrome"})
}

func (h *house) told(t *testing.T, by authz.Actor, piece string) (n int) {
	t.Helper()
	list, _, err := notify.Inbox(t.Context(), h.d.Read, by.Org, by.Person, notify.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		if strings.Contains(x.Text, piece) {
			n++
		}
		if _, minute := x.At.Clock(); strings.HasPrefix(x.Href, "/me") && strings.Contains(x.Text, "设备") && minute != 0 {
			t.Errorf("%s tells the minute", x.Text)
		}
	}
	return n
}

func TestAPasskeyLetsIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", "", "")
		me := h.who(t, h.joined(t, p, good))
		asked, err := h.OfferPasskey(t.Context(), me, home)
		if err != nil {
			t.Fatal(err)
		}
		if q := read(t, asked).PublicKey; q.Selection.ResidentKey != "required" || q.Selection.UserVerification != "required" || q.RP.ID != home.Host {
			t.Errorf("asked %+v: the device must find the key by itself, and know who holds it", q)
		}
		d := h.added(t, me)
		h.clock.SetDay("2024-12-22")
		d.count = 1
		token, err := h.enter(t, d)
		if err != nil {
			t.Fatal(err)
		}
		if a := h.who(t, token); a.Person != string(p) {
			t.Errorf("let in %+v", a)
		}
		list, err := h.MyPasskeys(t.Context(), me)
		if err != nil || len(list) != 1 || list[0].Added != day("2024-12-20") || list[0].Used != day("2024-12-22") || list[0].Name != "安卓手机 · Chrome" {
			t.Errorf("list %+v %v", list, err)
		}
		if h.told(t, me, "加了一把通行密钥") != 1 {
			t.Error("he was not told of the new key")
		}
		// A key that is synced from now on says so, and still lets in.
		d.count, d.flags = 2, 0x18
		if _, err := h.enter(t, d); err != nil {
			t.Errorf("a synced key: %v", err)
		}
		if _, err := h.enter(t, d); err != nil || h.told(t, me, "可能被复制过") != 1 {
			t.Errorf("a count that stands still: %v, told %d", err, h.told(t, me, "可能被复制过"))
		}
		lines, err := audit.History(t.Context(), h.d.Read, me.Org, audit.Subject{Kind: "person", ID: me.Person})
		noted := 0
		for _, l := range lines {
			if l.Text == "通行密钥的次数对不上，可能被复制过" {
				noted++
			}
		}
		if err != nil || noted != 1 {
			t.Errorf("the history says %d times that it may be a copy: %v", noted, err)
		}
		other := h.who(t, h.chair)
		wantKind(t, "removing another's", h.DropPasskey(t.Context(), other, list[0].ID), kernel.NotFound)
		if err := h.DropPasskey(t.Context(), me, list[0].ID); err != nil {
			t.Fatal(err)
		}
		d.count = 9
		_, err = h.enter(t, d)
		wantKind(t, "a removed key", err, kernel.Invalid)
	})
}

// A challenge is answered once, within five minutes, by whom it was put to.
func TestAChallengeCountsOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		me := h.who(t, h.joined(t, h.person(t, "K01", "张敏", "", "", "", ""), good))
		d := newDevice(t, home.Origin, home.Host)
		offer, err := h.OfferPasskey(t.Context(), me, home)
		if err != nil {
			t.Fatal(err)
		}
		answer := d.make(t, offer)
		wantKind(t, "somebody else's offer", h.AddPasskey(t.Context(), h.who(t, h.chair), home, "", answer), kernel.Conflict)
		if err := h.AddPasskey(t.Context(), me, home, "", answer); err != nil {
			t.Fatal(err)
		}
		wantKind(t, "the same offer again", h.AddPasskey(t.Context(), me, home, "", answer), kernel.Conflict)
		ask, err := h.AskPasskey(t.Context(), home)
		if err != nil {
			t.Fatal(err)
		}
		d.count = 1
		k := account.KeyKnock{At: home, Answer: d.sign(t, ask)}
		if _, err := h.EnterByPasskey(t.Context(), k); err != nil {
			t.Fatal(err)
		}
		_, err = h.EnterByPasskey(t.Context(), k)
		wantKind(t, "the same signature again", err, kernel.Conflict)
		late, err := h.AskPasskey(t.Context(), home)
		if err != nil {
			t.Fatal(err)
		}
		h.clock.Set(h.clock.Now().Add(5 * time.Minute))
		_, err = h.EnterByPasskey(t.Context(), account.KeyKnock{At: home, Answer: d.sign(t, late)})
		wantKind(t, "after five minutes", err, kernel.Conflict)
	})
}

func TestWhatIsNoPasskeyStaysOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", "", "")
		me := h.who(t, h.joined(t, p, good))
		d := h.added(t, me)
		stranger, elsewhere, stolen := newDevice(t, home.Origin, home.Host), *d, *newDevice(t, home.Origin, home.Host)
		stranger.handle = []byte("nobody")
		elsewhere.origin = "https://home.example.evil"
		stolen.id, stolen.handle = d.id, d.handle // knows the name of the key and not the key
		for what, x := range map[string]*device{"an unknown key": stranger, "another origin": &elsewhere, "another's signature": &stolen} {
			_, err := h.enter(t, x)
			wantKind(t, what, err, kernel.Invalid)
		}
		_, err := h.EnterByPasskey(t.Context(), account.KeyKnock{At: home, Answer: []byte("{}")})
		wantKind(t, "nonsense", err, kernel.Invalid)
		h.joined(t, p, "后院的枣树结了果") // by a new link: his key stays, and he hears of it
		if h.told(t, me, "照样能进门") != 1 {
			t.Error("he was not told that his keys still open the door")
		}
		if err := h.roster.Leave(t.Context(), h.who(t, h.chair), p, 1, day("2024-12-19")); err != nil {
			t.Fatal(err)
		}
		d.count = 5
		_, err = h.enter(t, d)
		wantKind(t, "a leaver", err, kernel.Invalid)
		if list, err := h.MyPasskeys(t.Context(), me); err != nil || len(list) != 0 {
			t.Errorf("a leaver's keys: %v %v", list, err)
		}
	})
}

func TestGuessingKeysEnds(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := h.added(t, h.who(t, h.joined(t, h.person(t, "K01", "张敏", "", "", "", ""), good)))
		false1 := *newDevice(t, home.Origin, home.Host)
		false1.id, false1.handle = d.id, d.handle
		for range 8 {
			_, err := h.enter(t, &false1)
			wantKind(t, "guess", err, kernel.Invalid)
		}
		_, err := h.enter(t, d)
		wantKind(t, "the ninth try", err, kernel.Busy)
	})
}

func TestWherePasskeysWork(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		public, host string
		secure       bool
		want         string // host of the site, empty: none
	}{
		{"", "home.example", true, "home.example"},
		{"", "home.example:8443", true, "home.example"},
		{"", "home.example", false, ""},
		{"", "192.168.1.20:8080", true, ""},
		{"", "[::1]:8080", false, ""},
		{"", "localhost:8080", false, "localhost"},
		{"", "intranet", true, ""},
		{"https://home.example", "HOME.example", true, "home.example"},
		{"https://home.example", "other.example", true, ""},
		{"https://home.example", "localhost:8080", false, "localhost"},
		{"http://192.168.1.20:8080", "192.168.1.20:8080", false, ""},
		{"", "", true, ""},
	} {
		at, err := account.SiteOf(c.public, c.host, c.secure)
		if at.Host != c.want || (err == nil) != (c.want != "") || err != nil && kernel.KindOf(err) != kernel.Invalid {
			t.Errorf("%s, public %q, https %v: got %+v %v", c.host, c.public, c.secure, at, err)
		}
	}
}

// A new device is told of once, and neither the first one nor one that is known.
func TestANewDeviceIsToldOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := h.person(t, "K01", "张敏", "", "", "", "")
		token := h.joined(t, p, good)
		me := h.who(t, token)
		for _, c := range []struct {
			mark string
			told int
		}{{"first", 0}, {"first", 0}, {"second", 1}, {"second", 1}, {"first", 1}, {"third", 2}} {
			again, err := h.Login(t.Context(), account.Knock{Login: "K01", Password: good})
			if err != nil {
				t.Fatal(err)
			}
			if err := h.Met(t.Context(), again, c.mark); err != nil {
				t.Fatal(err)
			}
			if n := h.told(t, me, "没见过的设备"); n != c.told {
				t.Errorf("on the %s device: told %d times, want %d", c.mark, n, c.told)
			}
		}
		_, session, err := h.Who(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.EndOthers(t.Context(), me, session); err != nil {
			t.Fatal(err)
		}
		list, err := h.Devices(t.Context(), me)
		if err != nil || len(list) != 1 || h.who(t, token).Account == "" || h.who(t, h.chair).Account == "" {
			t.Errorf("after signing out elsewhere: %v %v", list, err)
		}
	})
}
