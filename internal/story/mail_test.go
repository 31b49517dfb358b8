package story

import (
	"net/http"
	"testing"

	"xiaojia/internal/kernel"
	"xiaojia/internal/register/account"
)

// TestOneClickEndsMail: a mail program posts to the address in the head of the mail, without cookie, origin or session.
func TestOneClickEndsMail(t *testing.T) {
	t.Parallel()
	h := open(t)
	actor, _, err := h.app.Accounts.Who(t.Context(), h.enter(t, "chair"))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.app.Accounts.WishFor(t.Context(), actor, account.Wish{Address: "chair@home.example", Kinds: account.MailKinds(), Hour: 8, Lang: "zh"}); err != nil {
		t.Fatal(err)
	}
	wish, err := h.app.Accounts.MyWish(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path string
		code, left   int
	}{
		{http.MethodGet, "/mail/stop/" + wish.Stop + "?kind=due", 200, 4},
		{http.MethodPost, "/mail/stop/" + wish.Stop + "?kind=due", 200, 3},
		{http.MethodPost, "/mail/stop/" + kernel.BlindID(), 410, 3},
		{http.MethodPost, "/mail/stop/" + wish.Stop, 200, 0},
		{http.MethodPost, "/mail/stop/" + wish.Stop, 410, 0},
	} {
		code := h.ask(t.Context(), c.method, c.path, "").Code
		wish, err := h.app.Accounts.MyWish(t.Context(), actor)
		if err != nil && kernel.KindOf(err) != kernel.NotFound {
			t.Fatal(err)
		}
		if code != c.code || len(wish.Kinds) != c.left {
			t.Errorf("%s %s: got %d and %v, want %d and %d kinds", c.method, c.path, code, wish.Kinds, c.code, c.left)
		}
	}
}
