// Package api is the edge for programs: one table of operations, each with its permission and the scope that a key must
// have; keys instead of sessions, problem+json instead of pages. Use cases, permissions and scopes are those of the pages.
package api

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/i18n"
	"xiaojia/internal/platform/web"
)

// Root is where every operation begins.
const Root = "/api/v1"

// Key is what a bearer's key opens.
type Key struct {
	Actor  authz.Actor
	Scopes []string
	Hash   string
}

// Config is what the edge needs from the rest of the program.
type Config struct {
	Version string
	Clock   kernel.Clock
	Book    *i18n.Book
	Log     *slog.Logger
	Bearer  func(ctx context.Context, key string) (Key, error) // a zero Key for one that has ended
	Limiter *web.Limiter                                       // nil for none
	Meter   *web.Meter                                         // nil counts nothing
	Rules   []authz.Rule
}

// Call is one call on its way: who, on which day, in which language.
type Call struct {
	Actor authz.Actor
	P     *i18n.Printer
	Now   kernel.Time
}

// Today is the day in Shanghai.
func (c Call) Today() kernel.Date { return c.Now.Date() }

// Op is one line of the table.
type Op struct {
	Method string
	Path   string // below Root
	Perm   authz.Perm
	Scope  string // that the key must have; empty: any key
	Name   kernel.Words
	ID     string // of the operation in OpenAPI
	Status int    // of success; 0 is 200
	Max    int64  // bytes of the body; 0 is maxBody
}

// maxBody is what a call without pictures may send.
const maxBody = 1 << 20

// API is the operations put together.
type API struct {
	cfg  Config
	huma huma.API
	mux  *http.ServeMux
	ops  []Op
	text func() ([]byte, error)
}

// New is an API without operations.
func New(cfg Config) *API {
	a := &API{cfg: cfg, mux: http.NewServeMux()}
	hc := huma.DefaultConfig("Xiaojia", cfg.Version)
	hc.OpenAPIPath, hc.DocsPath, hc.SchemasPath, hc.CreateHooks = "", "", "", nil
	hc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer"}}
	a.huma = humago.New(a.mux, hc)
	a.text = sync.OnceValues(func() ([]byte, error) { return json.Marshal(a.huma.OpenAPI()) })
	a.mux.HandleFunc("GET "+Root+"/openapi.json", a.openAPI)
	a.mux.HandleFunc(Root+"/", func(w http.ResponseWriter, r *http.Request) {
		a.refuse(w, a.printer(r.Header.Get("Accept-Language")), kernel.Err(kernel.NotFound, "接口里没有这个地址。"))
	})
	return a
}

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// openAPI is the description that clients are made from; it tells nothing of anybody.
func (a *API) openAPI(w http.ResponseWriter, _ *http.Request) {
	raw, err := a.text()
	if err != nil {
		a.cfg.Log.Error("openapi", "err", err)
		http.Error(w, "openapi", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
	_, _ = w.Write(raw) // who hung up needs no answer
}

// Ops is the table in the order in which the modules were put together.
func (a *API) Ops() []Op { return slices.Clone(a.ops) }

// Check refuses a table that somebody could not defend: no permission, or one that nobody can have.
func (a *API) Check() error {
	for _, o := range a.ops {
		known := o.Perm == authz.SignedIn || slices.ContainsFunc(a.cfg.Rules, func(r authz.Rule) bool { return r.Perm == o.Perm })
		if !known {
			return fmt.Errorf("api %s %s: nobody can have permission %q", o.Method, o.Path, o.Perm)
		}
	}
	return nil
}

// Handler does one call; what it returns as an error becomes a problem at the edge.
type Handler[I, O any] func(ctx context.Context, c Call, in *I) (*O, error)

// Add puts an operation into the table.
func Add[I, O any](a *API, op Op, h Handler[I, O]) {
	if op.Max == 0 {
		op.Max = maxBody
	}
	a.ops = append(a.ops, op)
	huma.Register(a.huma, huma.Operation{OperationID: op.ID, Method: op.Method, Path: Root + op.Path, Summary: op.Name.Zh + " · " + op.Name.En, DefaultStatus: op.Status,
		MaxBodyBytes: op.Max, Security: []map[string][]string{{"bearer": {}}}, Middlewares: huma.Middlewares{a.guard(op)}, Errors: []int{401, 403, 404, 409, 422}},
		func(ctx context.Context, in *I) (*O, error) {
			c := ctx.Value(callKey{}).(Call)
			out, err := h(ctx, c, in)
			if err != nil {
				return nil, a.problem(c.P, err, op)
			}
			return out, nil
		})
}

type callKey struct{}

// guard is what stands before every operation: whose key, may he, is the key for it.
func (a *API) guard(op Op) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		start := time.Now()
		p := a.printer(hc.Header("Accept-Language"))
		defer func() { a.cfg.Meter.Saw(op.Method, Root+op.Path, hc.Status(), time.Since(start)) }()
		defer func() {
			if r := recover(); r != nil {
				a.cfg.Log.Error("api", "op", op.Method+" "+op.Path, "panic", r)
				a.write(hc, p, kernel.Err(kernel.Internal, "出错了，不是你的问题。已经记下来，请稍后再试。"))
			}
		}()
		k, err := a.admit(hc, op)
		if err != nil {
			a.write(hc, p, err)
			return
		}
		next(huma.WithValue(hc, callKey{}, Call{Actor: k.Actor, P: p, Now: a.cfg.Clock.Now()}))
		a.cfg.Log.LogAttrs(hc.Context(), slog.LevelDebug, "api", slog.String("op", op.Method+" "+op.Path), slog.Int("status", hc.Status()), slog.Duration("took", time.Since(start)))
	}
}

// errNoKey is answered with 401: the key is missing, wrong or has ended, and which of them is nobody's business.
var errNoKey = &kernel.Error{Kind: kernel.Forbidden, Text: "请在 Authorization 头里带上有效的接口钥匙（Bearer）。"}

func (a *API) admit(hc huma.Context, op Op) (Key, error) {
	scheme, token, _ := strings.Cut(hc.Header("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return Key{}, errNoKey
	}
	k, err := a.cfg.Bearer(hc.Context(), strings.TrimSpace(token))
	switch {
	case err != nil:
		return k, err
	case k.Actor.Account == "":
		return k, errNoKey
	case op.Scope != "" && !slices.Contains(k.Scopes, op.Scope):
		return k, kernel.Err(kernel.Forbidden, "这把钥匙不能用来做这件事，缺 %s。", op.Scope)
	case !k.Actor.May(op.Perm):
		return k, kernel.Err(kernel.Forbidden, "这件事不归这把钥匙的主人管。")
	case op.Method != http.MethodGet && !a.cfg.Limiter.Allow(k.Hash):
		return k, kernel.Err(kernel.Busy, "点得太快了，请过一会儿再试。")
	}
	return k, nil
}

// printer speaks the language that the caller asks for, Chinese first.
func (a *API) printer(accept string) *i18n.Printer {
	if strings.HasPrefix(accept, "en") {
		return a.cfg.Book.Printer(i18n.En)
	}
	return a.cfg.Book.Printer(i18n.Zh)
}
