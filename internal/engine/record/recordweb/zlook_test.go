package recordweb_test

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"strings"

	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
)

func TestLook(t *testing.T) {
	if os.Getenv("LOOK") == "" {
		return
	}
	h := newHouse(t)
	h.must(h.db.InTx(t.Context(), authz.Program("o1"), func(tx db.Tx) error {
		for i, n := range strings.Split("王建国 赵立 吴敏 周凯 孙丽 钱江 郑爽 冯涛 陈刚 褚亮 卫红 蒋勇", " ") {
			if _, err := tx.ExecContext(tx.Ctx(), `INSERT INTO person (org_id, id, branch_id, no, name, pinyin, initials, group_id, at) VALUES ('o1',$1,'b1',$1,$2,$1,'x',$3,1)`, fmt.Sprint("p", i), n, []string{"g1", "g2"}[i%2]); err != nil {
				return err
			}
		}
		return nil
	}))
	to := h.post("leader", form([2]string{"subject", "unit:g1"}, [2]string{"body", "今天组里把钢丝绳、吊钩和限位全部看了一遍，一共排查了三处，当场改好两处。\n还有一处要等备件，已经报给机修车间。"}), picture(t, 40), picture(t, 200), picture(t, 120)).To
	fmt.Println("NOTE", to)
	n2 := h.post("chair", form([2]string{"replaces", strings.TrimPrefix(to, "/notes/")}, [2]string{"body", "排查了四处。"}, [2]string{"subject", "unit:g1"})).To
	fmt.Println("NEW", n2)
	mux := http.NewServeMux()
	mux.Handle("/assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir("/tmp/dr/web/dist"))))
	mux.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	mux.Handle("/", h.http)
	t.Fatal(http.ListenAndServe(os.Getenv("LOOK"), mux))
}
