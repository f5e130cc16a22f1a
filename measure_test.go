package cairn_test

import (
	"encoding/json"
	"math"
	"testing"

	"cairn"
)

// EVD-31 to EVD-38, each measure against facts worked out by hand.
func TestMeasures(t *testing.T) {
	values := func(revenue, segment string) cairn.CustomerValues {
		v := cairn.CustomerValues{"f2": json.RawMessage(`"` + segment + `"`)}
		if revenue != "" {
			v["f1"] = json.RawMessage(revenue)
		}
		return v
	}
	today := cairn.Day(1000)
	acme, blob, none := values("1000", "Big"), values("100", "small"), values("", "Small")
	facts := []cairn.Fact{
		{Insight: 1, Person: 11, Company: 21, On: 1000, Importance: 2, CompanyValues: acme, Recorded: values("10", "Big")},
		{Insight: 2, Person: 12, Company: 21, On: 910, Importance: 5, CompanyValues: acme, Recorded: values("20", "Big")},
		{Insight: 3, Person: 13, Company: 22, On: 820, CompanyValues: blob, Recorded: blob},
		{Insight: 4, Person: 11, Company: 23, On: 2000, Importance: 4, CompanyValues: none},
		{Insight: 5, Person: 14, Company: 24, On: 1000, Importance: 5, Against: true, CompanyValues: values("9999", "small")},
	}
	for _, c := range []struct {
		name string
		rule cairn.EvidenceRule
		want float64
	}{
		{"EVD-31 insights", cairn.EvidenceRule{Measure: cairn.MeasureInsights}, 5},
		{"EVD-31 against", cairn.EvidenceRule{Measure: cairn.MeasureAgainst}, 1},
		{"EVD-33 people", cairn.EvidenceRule{Measure: cairn.MeasurePeople}, 3},
		{"EVD-33 companies", cairn.EvidenceRule{Measure: cairn.MeasureCompanies}, 3},
		{"EVD-34 sum", cairn.EvidenceRule{Measure: cairn.MeasureSum, Of: 1, By: cairn.CustomerCompany}, 1100},
		// Acme 1000 × 5/5, Blob 100 × 1/5, the third has no number.
		{"EVD-35 weighted", cairn.EvidenceRule{Measure: cairn.MeasureWeighted, Of: 1, By: cairn.CustomerCompany}, 1020},
		{"EVD-35 capped", cairn.EvidenceRule{Measure: cairn.MeasureWeighted, Of: 1, By: cairn.CustomerCompany, Cap: 50}, 60},
		{"EVD-36 share", cairn.EvidenceRule{Measure: cairn.MeasureShare, Of: 2, By: cairn.CustomerCompany, Value: " SMALL"}, 66.666667},
		// 2 today, 5 and 1 after one and two half-lives of 90 days, 4 from ahead.
		{"EVD-37 demand", cairn.EvidenceRule{Measure: cairn.MeasureDemand}, 2 + 2.5 + 0.25 + 4},
		{"EVD-37 half-life", cairn.EvidenceRule{Measure: cairn.MeasureDemand, HalfLife: 45}, 2 + 1.25 + 0.0625 + 4},
		// Acme's latest insight recorded 10.
		{"EVD-38 recorded", cairn.EvidenceRule{Measure: cairn.MeasureSum, Of: 1, By: cairn.CustomerCompany, Recorded: true}, 110},
	} {
		if got := c.rule.Compute(facts, today); got != c.want {
			t.Errorf("%s: %v; want %v", c.name, got, c.want)
		}
	}
	empty := cairn.EvidenceRule{Measure: cairn.MeasureShare, Of: 2, By: cairn.CustomerCompany, Value: "Small"}
	if got := empty.Compute(facts[4:], today); !math.IsNaN(got) {
		t.Errorf("EVD-36: the share among nobody is %v", got)
	}
	for _, m := range cairn.EvidenceMeasures() {
		r := cairn.EvidenceRule{Measure: m, Of: 1, By: cairn.CustomerPerson}
		if got := r.Compute(nil, today); m != cairn.MeasureShare && got != 0 {
			t.Errorf("EVD-31: %s of no insights is %v", m, got)
		}
	}
}
