package dutyweb_test

import (
	"fmt"
	"net/http"
	"os"
	"testing"

	"xiaojia/internal/engine/duty"
	"xiaojia/internal/engine/record"
	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/db"
)

func TestLook(t *testing.T) {
	if os.Getenv("LOOK") == "" {
		return
	}
	h := newHouse(t, "2024-12-17")
	h.adopt("2024-10-01", "S8.canteen", "S8.holiday", "S1.selfscore", "S2.month", "S3.brief", "S4.month", "S5.annual", "S5.newcomer", "S7.statistics", "S8.living", "S9.check", "W7.census")
	id := h.roundOf("S8.canteen")
	h.clock.SetDay("2024-12-20")
	h.must(h.s.Open(t.Context()))
	all, _ := h.reads.Rounds(t.Context(), actor("chair").Scope(duty.SeeDuties), "", nil, 1)
	_ = all
	rr, _ := h.reads.Year(t.Context(), actor("chair").Scope(duty.SeeDuties), "b1", 2024)
	ids := map[string]string{}
	for _, r := range rr {
		if r.State == duty.Open {
			ids[r.Name.Zh] = string(r.ID)
		}
	}
	h.must(h.db.InTx(t.Context(), actor("rep"), func(tx db.Tx) error {
		return h.s.Done(tx, record.Completion{Round: duty.RoundID(id), Unit: "b1", Subjects: []record.Ref{{Kind: "place", ID: "canteen"}}, Proof: record.Ref{Kind: "run", ID: "R1"},
			On: kernel.MustDate("2024-12-20"), By: "rep"})
	}))
	h.must(h.s.Excuse(t.Context(), actor("chair"), duty.RoundID(ids["节前安全巡视"]), record.Ref{Kind: "place", ID: "second"}, "二食堂停用检修"))
	fmt.Println("IDS", ids, id)
	d, _ := h.reads.Duties(t.Context(), actor("chair").Scope(duty.SeeDuties), "b1")
	for _, x := range d {
		fmt.Println("DUTY", x.Code, x.ID)
	}
	mux := http.NewServeMux()
	mux.Handle("/assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir("/tmp/dr/web/dist"))))
	mux.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	mux.Handle("/", h.http)
	t.Fatal(http.ListenAndServe(os.Getenv("LOOK"), mux))
}
