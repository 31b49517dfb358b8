// Package peopleapi is the roster for programs: what the list of people shows to the owner of the key, no more.
package peopleapi

import (
	"context"
	"net/http"
	"strings"

	"xiaojia/internal/kernel"
	"xiaojia/internal/platform/api"
	"xiaojia/internal/platform/authz"
	"xiaojia/internal/register/org"
	"xiaojia/internal/register/people"
)

// Parts is what the operations ask.
type Parts struct {
	People *people.Service
	Chart  func(ctx context.Context, org string) (*org.Chart, error)
}

type roster struct{ Parts }

// Add puts the operations into the table.
func Add(a *api.API, p Parts) {
	api.Add(a, api.Op{Method: http.MethodGet, Path: "/people", Perm: people.SeePeople, Scope: "people:read", ID: "listPeople", Name: kernel.Words{Zh: "人员列表", En: "List people"}}, roster{p}.list)
}

type listIn struct {
	api.Paged
	Branch     string `query:"branch" doc:"分工会 · branch"`
	Department string `query:"department" doc:"部门 · department"`
	Group      string `query:"group" doc:"工会小组 · union group"`
	Office     string `query:"office" doc:"今天担任的职务 · office held today"`
	Left       bool   `query:"left" doc:"只要已经离开的 · those who have left, instead of those who are here"`
	Q          string `query:"q" maxLength:"100" doc:"姓名、拼音、工号 · name, pinyin, staff number"`
}

// Person is somebody of the roster. What is of a level that the owner of the key may not read is left out; ID numbers and
// wages never come this way, phones are masked unless they are one's own.
type Person struct {
	ID         string   `json:"id"`
	No         string   `json:"no,omitempty"`
	Name       string   `json:"name"`
	Sex        string   `json:"sex,omitempty"`
	Branch     *api.Ref `json:"branch,omitempty"`
	Department *api.Ref `json:"department,omitempty"`
	Group      *api.Ref `json:"group,omitempty"`
	Post       string   `json:"post,omitempty"`
	Member     bool     `json:"member"`
	Birth      string   `json:"birth,omitempty" format:"date"`
	Joined     string   `json:"joined,omitempty" doc:"入会或入职日期，有的只到月或年 · a day, or a month or year alone"`
	Phone      string   `json:"phone,omitempty"`
	Left       string   `json:"left,omitempty" format:"date"`
}

func (r roster) list(ctx context.Context, c api.Call, in *listIn) (*api.List[Person], error) {
	chart, err := r.Chart(ctx, c.Actor.Org)
	if err != nil {
		return nil, err
	}
	f := people.Filter{Branch: org.UnitID(in.Branch), Department: org.UnitID(in.Department), Group: org.UnitID(in.Group), Office: authz.Office(in.Office), Left: in.Left}
	if !in.Left { // search forgets who has left
		f.Text = strings.TrimSpace(in.Q)
	}
	l, err := r.People.List(ctx, c.Actor, f, in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	out := make([]Person, len(l.Rows))
	for i, x := range l.Rows {
		out[i] = shown(c, chart, x)
	}
	return api.NewList(out, l.Next), nil
}

func shown(c api.Call, chart *org.Chart, x people.Row) Person {
	unit := func(id org.UnitID) *api.Ref {
		if id == "" {
			return nil
		}
		return &api.Ref{ID: string(id), Name: c.P.W(chart.Name(id))}
	}
	p := Person{ID: string(x.ID), No: x.No, Name: x.Name, Sex: x.Sex, Branch: unit(x.Branch), Department: unit(x.Department), Group: unit(x.Group), Post: x.Post, Member: x.IsMember,
		Birth: api.Day(x.Birth), Joined: api.Day(x.Joined), Phone: x.Phone, Left: api.Day(x.Left)}
	if p.Joined == "" {
		p.Joined = x.JoinedPart
	}
	return p
}
