package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"cairn"
)

// evidence gives every idea two insights of 500 companies and times what follows:
// one insight that changes, with all measures of its idea, and a view ordered by
// them. It stands at the end, since what it adds stays.
func (m *measuring) evidence(context.Context) error {
	if m.d.n > 10_000 {
		return nil // the figure is that of 20,000 insights
	}
	companies, revenue, err := m.customers(500)
	if err != nil {
		return err
	}
	var columns []string
	for _, rule := range []string{
		`{"measure":"insights"}`, `{"measure":"companies"}`, `{"measure":"demand"}`,
		fmt.Sprintf(`{"measure":"weighted","of":%d,"by":"company","cap":5000}`, revenue),
	} {
		var field struct {
			Ref string `json:"ref"`
		}
		body := fmt.Sprintf(`{"name":"Evidence %d","type":"evidence","evidence":%s}`, len(columns), rule)
		if err := m.create("/projects/BEN/fields", body, &field); err != nil {
			return err
		}
		columns = append(columns, fmt.Sprintf("%q", field.Ref))
	}
	insights, err := m.insights(2*m.d.n, companies)
	if err != nil {
		return err
	}
	took, err := repeat(200, func(i int) error {
		_, err := m.p.do("PATCH", fmt.Sprintf("/insights/%d", insights[i*97%len(insights)]), fmt.Sprintf(`{"importance":%d}`, 1+(i+2)%5))
		return err
	})
	if err != nil {
		return err
	}
	m.t.add(line{m.d.label(fmt.Sprintf("one of %s insights edited, four measures of its idea with it", size(len(insights)))), spread(took), "", m.limits.http()})
	took, err = repeat(200, func(i int) error {
		_, err := m.p.do("POST", "/projects/BEN/query", fmt.Sprintf(
			`{"query":{"filter":{"field":%s,"op":"gt","value":%d},"sort":[{"field":%s,"desc":true}]},"columns":["title",%s],"limit":50}`,
			columns[3], i, columns[2], strings.Join(columns, ",")))
		return err
	})
	if err == nil {
		m.t.add(line{m.d.label("view filtered, ordered and filled by evidence fields"), spread(took), "", m.limits.http()})
	}
	return err
}

// create adds something and reads the answer.
func (m *measuring) create(path, body string, into any) error {
	raw, err := m.p.do("POST", path, body)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// customers adds companies with a revenue each, and returns them and that field.
func (m *measuring) customers(n int) (companies []cairn.ID, revenue cairn.ID, err error) {
	var field struct {
		ID  cairn.ID `json:"id"`
		Ref string   `json:"ref"`
	}
	if err := m.create("/customer-fields", `{"of":"company","name":"Revenue","type":"number"}`, &field); err != nil {
		return nil, 0, err
	}
	for i := range n {
		var company struct {
			ID cairn.ID `json:"id"`
		}
		body := fmt.Sprintf(`{"type":"company","name":"Company %d","values":{%q:%d}}`, i, field.Ref, 100+i*37%9000)
		if err := m.create("/customers", body, &company); err != nil {
			return nil, 0, err
		}
		companies = append(companies, company.ID)
	}
	return companies, field.ID, nil
}

// insights adds n insights, each linked to an idea, in steps of 1,000.
func (m *measuring) insights(n int, companies []cairn.ID) ([]cairn.ID, error) {
	const step = 1000
	var out []cairn.ID
	for len(out) < n {
		var list []string
		for i := len(out); i < min(len(out)+step, n); i++ {
			list = append(list, fmt.Sprintf(`{"title":"Voice %d","on":"2026-%02d-15","importance":%d,"company":%d,"ideas":[{"idea":"BEN-%d"}]}`,
				i, 1+i%11, 1+i%5, companies[i*7919%len(companies)], 1+i%m.d.n))
		}
		var added struct {
			IDs []cairn.ID `json:"ids"`
		}
		if err := m.create("/projects/BEN/insights/bulk", `{"insights":[`+strings.Join(list, ",")+`]}`, &added); err != nil {
			return nil, err
		}
		out = append(out, added.IDs...)
	}
	return out, nil
}
