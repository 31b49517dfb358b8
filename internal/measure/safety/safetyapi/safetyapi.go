// Package safetyapi is hazards for programs: the same use cases, permissions and scopes as the pages.
package safetyapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"xiaojia/internal/engine/matter"
	"xiaojia/internal/kernel"
	"xiaojia/internal/measure/safety"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/platform/db"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Parts is what the operations ask.
type Parts struct {
	Hazards *safety.Hazards
	Reads   safety.HazardReads
	Chart   func(ctx context.Context, org string) (*org.Chart, error)
	Find    func(ctx context.Context, by authz.Actor, text string) ([]matter.ID, error)
	Photos  Photos
}

// Photos stores pictures and answers with their names; KeepBlind gives each a name that nobody can make again from the photo.
type Photos interface {
	Keep(ctx context.Context, org string, from []io.Reader) ([]string, error)
	KeepBlind(ctx context.Context, org string, from []io.Reader) ([]string, error)
}

type hazards struct{ Parts }

// The scopes of a key.
const (
	read  = "hazards:read"
	write = "hazards:write"
)

// maxPhotos is what one call may bring in pictures.
const maxPhotos = 48 << 20

func words(zh, en string) kernel.Words { return kernel.Words{Zh: zh, En: en} }

// Add puts the operations into the table.
func Add(a *api.API, p Parts) {
	h := hazards{p}
	api.Add(a, api.Op{Method: http.MethodGet, Path: "/hazards", Perm: safety.SeeHazards, Scope: read, ID: "listHazards", Name: words("隐患列表", "List hazards")}, h.list)
	api.Add(a, api.Op{Method: http.MethodPost, Path: "/hazards", Perm: safety.ReportHazard, Scope: write, ID: "reportHazard", Name: words("报隐患", "Report a hazard"), Status: http.StatusCreated}, h.report)
	api.Add(a, api.Op{Method: http.MethodGet, Path: "/hazards/{id}", Perm: safety.SeeHazards, Scope: read, ID: "getHazard", Name: words("一条隐患", "Get a hazard")}, h.get)
	api.Add(a, api.Op{Method: http.MethodPost, Path: "/hazards/{id}/{act}", Perm: safety.ActOnHazard, Scope: write, ID: "actOnHazard", Name: words("办一步：定级、五定交办、申请验收……", "Do an act of the loop")}, h.act)
	api.Add(a, api.Op{Method: http.MethodPost, Path: "/hazards/{id}/photos", Perm: safety.ReportHazard, Scope: write, ID: "addPhotos", Name: words("给自己报的隐患补照片", "Add photos to a hazard that you reported"), Max: maxPhotos}, h.more)
	api.Add(a, api.Op{Method: http.MethodPost, Path: "/photos", Perm: safety.SeeHazards, Scope: write, ID: "uploadPhotos", Name: words("传照片，换来照片的名字", "Upload photos and get their names"), Max: maxPhotos, Status: http.StatusCreated}, h.upload)
}

type listIn struct {
	api.Paged
	Tab   string `query:"tab" enum:"open,late,mine,all,closed" doc:"哪一类：未销号、超期、等我处理、全部、已销号 · which of the usual questions"`
	Sort  string `query:"sort" enum:"no,grade" doc:"次序：新的在前、等级高的在前；不填就是先到期的在前 · order; empty: what is due first"`
	Unit  string `query:"unit" doc:"分工会 · branch"`
	Owner string `query:"owner" doc:"责任单位，- 是还没有交办 · unit that answers"`
	Area  string `query:"area" enum:"canteen,living,production,chemical,other" doc:"区域 · kind of place"`
	Place string `query:"place" doc:"场所 · place"`
	Grade string `query:"grade" enum:"D,C,B,A,major" doc:"等级 · grade"`
	State string `query:"state" doc:"状态 · where it stands"`
	Q     string `query:"q" maxLength:"100" doc:"搜索 · search"`
}

// get answers by the names that the page's address uses.
func (in *listIn) get(name string) string {
	return map[string]string{"tab": in.Tab, "sort": in.Sort, "owner": in.Owner, "area": in.Area, "place": in.Place, "grade": in.Grade, "state": in.State}[name]
}

func (h hazards) list(ctx context.Context, c api.Call, in *listIn) (*api.List[Hazard], error) {
	chart, err := h.Chart(ctx, c.Actor.Org)
	if err != nil {
		return nil, err
	}
	scope, f := c.Actor.Scope(safety.SeeHazards), safety.AskHazards(in.get, c.Actor, chart)
	f.Unit, f.Limit = org.UnitID(in.Unit), in.Limit
	if q := strings.TrimSpace(in.Q); q != "" {
		ids, err := h.Find(ctx, c.Actor, q)
		if err != nil {
			return nil, err
		}
		f.IDs = append([]matter.ID{}, ids...) // found nothing is not the same as did not search
	}
	after, err := db.ParseCursor(in.Cursor, f.Columns(scope))
	if err != nil {
		return nil, err
	}
	rows, next, err := h.Reads.List(ctx, scope, f, after)
	if err != nil {
		return nil, err
	}
	out := make([]Hazard, len(rows))
	for i, r := range rows {
		out[i] = line(c, chart, r)
	}
	return api.NewList(out, next.Cursor()), nil
}

type idIn struct {
	ID string `path:"id" maxLength:"64"`
}

func (h hazards) get(ctx context.Context, c api.Call, in *idIn) (*api.One[Detail], error) {
	return h.shown(ctx, c, matter.ID(in.ID))
}

func (h hazards) shown(ctx context.Context, c api.Call, id matter.ID) (*api.One[Detail], error) {
	told, err := h.Reads.Seen(ctx, safety.SeenHazards(c.Actor), id)
	if err != nil {
		return nil, err
	}
	chart, err := h.Chart(ctx, c.Actor.Org)
	if err != nil {
		return nil, err
	}
	return &api.One[Detail]{Body: detail(c, chart, told, h.Hazards.Flow().Can(told.Matter, safety.Roles(c.Actor, told.Matter)))}, nil
}

type reportIn struct {
	api.Once
	Body struct {
		Title        string   `json:"title" minLength:"1" maxLength:"60" doc:"一句话 · one line"`
		Description  string   `json:"description,omitempty" maxLength:"1000" doc:"怎么回事 · what it is"`
		PlaceID      string   `json:"place_id,omitempty" maxLength:"64" doc:"场所 · place; without one it is your own branch's"`
		UnitID       string   `json:"unit_id,omitempty" maxLength:"64" doc:"分工会，只有公司工会能替别的分工会报 · branch, for the company union alone"`
		Spot         string   `json:"spot,omitempty" maxLength:"100" doc:"具体位置 · where exactly"`
		Grade        string   `json:"grade,omitempty" enum:"D,C,B,A,major" doc:"建议的等级，由安环部门定 · a proposal; the safety department decides"`
		ReporterMode string   `json:"reporter_mode,omitempty" enum:"named,hidden,anonymous" doc:"实名、隐名、匿名，不填是实名 · under your name, hidden, anonymous; empty: named"`
		Photos       []string `json:"photos,omitempty" maxItems:"6" doc:"先传好的照片的名字 · names of photos that were uploaded"`
	}
}

func (h hazards) report(ctx context.Context, c api.Call, in *reportIn) (*api.One[Raised], error) {
	b := in.Body
	r := safety.Report{Unit: org.UnitID(b.UnitID), Place: org.PlaceID(b.PlaceID), Title: b.Title, Description: b.Description, Spot: b.Spot, Grade: b.Grade, Photos: b.Photos, Mode: safety.Mode(b.ReporterMode)}
	switch {
	case r.Mode == "":
		r.Mode = safety.Named
	case r.Mode == safety.Anonymous && in.Key != "":
		return nil, kernel.Wrong("reporter_mode", "匿名上报不留任何记号，不能带 Idempotency-Key。")
	case r.Mode != safety.Named && len(b.Photos) > 0:
		return nil, kernel.Wrong("photos", "不留名的上报不能带先传好的照片：隐名的报上去以后再补，匿名的请在手机页面上拍。")
	}
	if in.Key != "" {
		r.Once, r.Content = onceKey(c, in.Key), print(b)
	}
	out, err := h.Hazards.Raise(ctx, c.Actor, r)
	if err != nil {
		return nil, err
	}
	return &api.One[Raised]{Body: Raised{ID: string(out.ID), No: out.No, Title: out.Title, State: string(out.State), Grade: out.Grade, Due: api.Moment(out.Due), Version: out.Version, Receipt: out.Receipt}}, nil
}

// onceKey keeps the keys of one person's programs apart from everybody else's.
func onceKey(c api.Call, key string) string { return "api/" + c.Actor.Account + "/" + key }

// print is a fingerprint of what was sent.
func print(v any) string {
	raw, _ := json.Marshal(v) // strings, numbers and lists of them: never fails
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

type actIn struct {
	api.Once
	ID   string `path:"id" maxLength:"64"`
	Act  string `path:"act" enum:"judge,regrade,urge,refuse,merge,withdraw,assign,return,transfer,ask-extend,extend,deny-extend,answer,reappoint,verify,fail,announce,close" doc:"办哪一步 · the act"`
	Body Brought
}

// Brought is what an act needs; which fields, GET tells under acts.
type Brought struct {
	Version   int      `json:"version,omitempty" doc:"看到的版本；别人改过就不做 · the version that you looked at; refused when somebody was faster"`
	Reason    string   `json:"reason,omitempty" maxLength:"500"`
	Words     string   `json:"words,omitempty" maxLength:"1000"`
	Grade     string   `json:"grade,omitempty" enum:"D,C,B,A,major"`
	Owner     string   `json:"owner,omitempty" maxLength:"64" doc:"责任单位 · unit that answers"`
	Rectifier string   `json:"rectifier,omitempty" maxLength:"64" doc:"整改责任人 · person"`
	Verifier  string   `json:"verifier,omitempty" maxLength:"64" doc:"验收人 · person"`
	Measure   string   `json:"measure,omitempty" maxLength:"500" doc:"整改措施"`
	Doer      string   `json:"doer,omitempty" maxLength:"100" doc:"完成人"`
	Until     string   `json:"until,omitempty" format:"date" doc:"完成时间，或延到哪一天 · a day"`
	Into      string   `json:"into,omitempty" maxLength:"64" doc:"并入哪一条 · the hazard that it is merged into"`
	How       string   `json:"how,omitempty" maxLength:"200" doc:"在哪里通报 · where it was announced"`
	On        string   `json:"on,omitempty" format:"date" doc:"通报日期 · day of the announcement"`
	Congress  bool     `json:"congress,omitempty" doc:"重大隐患已向职代会报告 · reported to the workers' congress"`
	Photos    []string `json:"photos,omitempty" maxItems:"6" doc:"先传好的照片的名字 · names of photos that were uploaded"`
}

func (h hazards) act(ctx context.Context, c api.Call, in *actIn) (*api.One[Detail], error) {
	b := in.Body
	until, err1 := kernel.ParseDate(b.Until)
	on, err2 := kernel.ParseDate(b.On)
	if err1 != nil || err2 != nil {
		return nil, kernel.Wrong("until", "日期要写成 2024-12-20。")
	}
	do := matter.Do{Act: matter.Act(in.Act), Version: b.Version, Reason: b.Reason, Words: b.Words, Grade: b.Grade, Owner: org.UnitID(b.Owner), Rectifier: people.ID(b.Rectifier), Verifier: people.ID(b.Verifier),
		Measure: b.Measure, Doer: b.Doer, Until: until, Into: matter.ID(b.Into), How: b.How, On: on, Congress: b.Congress, Photos: b.Photos}
	if in.Key != "" {
		do.Once, do.Content = onceKey(c, in.Key), print([]any{in.ID, in.Act, b})
	}
	if _, err := h.Hazards.Act(ctx, c.Actor, matter.ID(in.ID), do); err != nil {
		return nil, err
	}
	out, err := h.shown(ctx, c, matter.ID(in.ID))
	if kernel.KindOf(err) == kernel.NotFound { // done, and out of sight from now on, such as what was returned
		return &api.One[Detail]{Body: Detail{Hazard: Hazard{ID: in.ID}}}, nil
	}
	return out, err
}
