package app

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn"
	"cairn/internal/search/fold"
	"cairn/internal/store"
)

// Where a column of customers may go, besides customer fields ("f17").
const (
	ToNowhere  = ""
	ToName     = "name"
	ToEmail    = "email"
	ToCompany  = "company"
	ToExternal = "external"
	// New fields, named like the column.
	ToNewText   = "new:short_text"
	ToNewNumber = "new:number"
	ToNewSelect = "new:select"
)

// MaxCustomerRows is how many customers one import has.
const MaxCustomerRows = 50_000

// CustomerImport is a CSV text of customers, one a row below a heading.
type CustomerImport struct {
	CSV  string
	Type cairn.CustomerType
	// To says for each column where it goes; nil takes the guess.
	To []string
	// DryRun only says what would happen.
	DryRun bool
}

// CustomerColumn is a column of the text.
type CustomerColumn struct {
	Name    string
	To      string
	Samples []string
}

// CustomerImported says what an import did, or would do.
type CustomerImported struct {
	Columns          []CustomerColumn
	Rows             int
	Created, Updated int
	// Problems name rows that were left out, by their line; at most 100.
	Problems []RowProblem
	Skipped  int
	Group    string
}

// RowProblem says why a row was left out.
type RowProblem struct {
	Line    int
	Message string
}

// ImportCustomers adds the customers of a CSV text and updates those that are
// there already, found by id, e-mail address or company name. A row that is
// wrong is left out and named; the others are taken, in one step.
func (a *App) ImportCustomers(ctx context.Context, by Caller, in CustomerImport) (CustomerImported, error) {
	verb := cairn.ChangeCustomers
	if slices.ContainsFunc(in.To, func(to string) bool { return strings.HasPrefix(to, "new:") }) {
		verb = cairn.DefineCustomers
	}
	if err := a.may(by, verb); err != nil {
		return CustomerImported{}, err
	}
	if in.Type != cairn.CustomerCompany && in.Type != cairn.CustomerPerson {
		return CustomerImported{}, cairn.Invalid("type", "A row is a company or a person, not %q", in.Type)
	}
	head, rows, err := readCustomerCSV(in.CSV)
	if err != nil {
		return CustomerImported{}, err
	}
	out := CustomerImported{Rows: len(rows), Problems: []RowProblem{}, Group: by.Group}
	for n, name := range head {
		c := CustomerColumn{Name: name, To: a.guessColumn(in.Type, name), Samples: []string{}}
		if in.To != nil {
			if len(in.To) != len(head) {
				return out, cairn.Invalid("to", "There are %d columns, and %d places for them to go", len(head), len(in.To))
			}
			c.To = in.To[n]
		}
		for _, row := range rows {
			if v := strings.TrimSpace(row.cells[n]); v != "" && !slices.Contains(c.Samples, v) {
				if c.Samples = append(c.Samples, v); len(c.Samples) == 3 {
					break
				}
			}
		}
		out.Columns = append(out.Columns, c)
	}
	if !slices.ContainsFunc(out.Columns, func(c CustomerColumn) bool { return c.To == ToName }) {
		if in.To == nil { // to be chosen
			return out, nil
		}
		return out, cairn.Invalid("to", "Choose which column holds the name")
	}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		out.Created, out.Updated, out.Skipped, out.Problems = 0, 0, 0, []RowProblem{}
		w := customerWriter{app: a, tx: tx, in: in, out: &out, columns: out.Columns}
		if err := w.run(rows); err != nil {
			return err
		}
		if in.DryRun || in.To == nil {
			return errDryRun
		}
		return nil
	})
	if err == errDryRun { // made just above
		err = nil
	}
	return out, err
}

type csvRow struct {
	line  int
	cells []string
}

// readCustomerCSV reads a heading and rows; the delimiter is the one that the
// heading has most of.
func readCustomerCSV(text string) (head []string, rows []csvRow, err error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) {
		return nil, nil, cairn.Invalid("csv", "The text is not UTF-8; save the file as CSV UTF-8 and try again")
	}
	first, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	for _, d := range ";\t," {
		if strings.Count(first, string(d)) > strings.Count(first, string(r.Comma)) {
			r.Comma = d
		}
	}
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, cairn.Invalid("csv", "The text is no CSV: %s", err.Error())
		}
		line, _ := r.FieldPos(0)
		if head == nil {
			for n, name := range cells {
				if name = strings.TrimSpace(name); name == "" {
					name = "Column " + strconv.Itoa(n+1)
				}
				head = append(head, name)
			}
			continue
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		for len(cells) < len(head) {
			cells = append(cells, "")
		}
		if rows = append(rows, csvRow{line, cells}); len(rows) > MaxCustomerRows {
			return nil, nil, cairn.Errorf(cairn.CodeTooLarge, "One import has at most %d customers; split the file", MaxCustomerRows)
		}
	}
	if len(head) == 0 || len(rows) == 0 {
		return nil, nil, cairn.Invalid("csv", "The text has no row below its heading")
	}
	return head, rows, nil
}

// guessColumn proposes where a column goes, by its name.
func (a *App) guessColumn(of cairn.CustomerType, name string) string {
	name = fold.String(strings.TrimSpace(name))
	for _, f := range a.evidence.customerFields() {
		if f.Of == of && fold.String(f.Name) == name {
			return string(f.Ref())
		}
	}
	switch name {
	case "name", "full name", "customer", "customer name", "account", "account name":
		return ToName
	case "id", "external id", "customer id", "account id", "crm id":
		return ToExternal
	case "company", "company name", "organisation", "organization", "firma":
		if of == cairn.CustomerPerson {
			return ToCompany
		}
		return ToName
	case "e-mail", "email", "mail", "e-mail address", "email address":
		if of == cairn.CustomerPerson {
			return ToEmail
		}
	}
	return ToNowhere
}

// customerWriter takes over rows inside a transaction.
type customerWriter struct {
	app     *App
	tx      store.Tx
	in      CustomerImport
	out     *CustomerImported
	columns []CustomerColumn
	fields  []cairn.CustomerField
}

func (w *customerWriter) run(rows []csvRow) error {
	w.fields = w.app.evidence.customerFields()
	w.columns = slices.Clone(w.columns)
	for n := range w.columns {
		if err := w.prepare(n, rows); err != nil {
			return err
		}
	}
	for _, row := range rows {
		err := w.row(row)
		switch cairn.CodeOf(err) {
		case "":
		case cairn.CodeInvalid, cairn.CodeConflict:
			if w.out.Skipped++; len(w.out.Problems) < 100 {
				w.out.Problems = append(w.out.Problems, RowProblem{row.line, err.Error()})
			}
		default:
			return err
		}
	}
	return nil
}

// prepare makes the field of a column that wants one, and adds options that a
// choice lacks.
func (w *customerWriter) prepare(n int, rows []csvRow) error {
	c := &w.columns[n]
	typ, fresh := strings.CutPrefix(c.To, "new:")
	if fresh {
		f := cairn.CustomerField{Of: w.in.Type, Name: c.Name, Type: cairn.FieldType(typ), Position: float64(len(w.fields) + 1)}
		f.Options = w.lacking(n, rows, &f)
		if err := putCustomerField(w.tx, &f); err != nil {
			return err
		}
		w.fields = append(w.fields, f)
		c.To = string(f.Ref())
		return nil
	}
	if c.To == ToNowhere || c.To == ToName || c.To == ToEmail || c.To == ToCompany || c.To == ToExternal {
		return nil
	}
	if i := slices.IndexFunc(w.fields, func(f cairn.CustomerField) bool { return string(f.Ref()) == c.To && f.Of == w.in.Type }); i < 0 {
		return cairn.Invalid("to", "Column %q: there is no customer field %q. Choose another", c.Name, c.To)
	}
	return nil
}

// lacking are the values of a column that a choice has no option for.
func (w *customerWriter) lacking(n int, rows []csvRow, f *cairn.CustomerField) []string {
	if f.Type != cairn.TypeSelect {
		return nil
	}
	var out []string
	for _, row := range rows {
		v := strings.TrimSpace(row.cells[n])
		if v != "" && !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, v) }) {
			out = append(out, v)
		}
	}
	return out
}

func (w *customerWriter) row(row csvRow) error {
	c := cairn.Customer{Type: w.in.Type}
	values := make(cairn.CustomerValues)
	for n, col := range w.columns {
		v := strings.TrimSpace(row.cells[n])
		if v == "" {
			continue
		}
		switch col.To {
		case ToNowhere:
		case ToName:
			c.Name = v
		case ToEmail:
			c.Email = v
		case ToExternal:
			c.External = v
		case ToCompany:
			id, err := companyNamed(w.tx, v)
			if err != nil {
				return err
			}
			c.Company = id
		default:
			raw, err := w.value(cairn.Ref(col.To), v)
			if err != nil {
				return err
			}
			values[cairn.Ref(col.To)] = raw
		}
	}
	return w.put(c, values)
}

// value reads a cell for a field: numbers with separators of thousands, units
// and signs of currency as spreadsheets write them.
func (w *customerWriter) value(ref cairn.Ref, v string) (rawMessage, error) {
	i := slices.IndexFunc(w.fields, func(f cairn.CustomerField) bool { return f.Ref() == ref })
	if w.fields[i].Type != cairn.TypeNumber {
		return cairn.AppendJSONString(nil, v), nil
	}
	x, ok := looseNumber(v)
	if !ok {
		return nil, cairn.Invalid(string(ref), "%s: %q is no number", w.fields[i].Name, v)
	}
	return cairn.AppendJSONNumber(nil, x), nil
}

// looseNumber reads 1,234.50, 1.234,50, 1 234 and the like, with or without a sign of currency.
func looseNumber(v string) (float64, bool) {
	v = strings.Map(func(r rune) rune {
		if (r >= '0' && r <= '9') || r == '.' || r == ',' || r == '-' {
			return r
		}
		if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' || strings.ContainsRune("€$£%", r) {
			return -1
		}
		return 'x'
	}, strings.TrimSpace(v))
	dot, comma := strings.LastIndexByte(v, '.'), strings.LastIndexByte(v, ',')
	switch {
	case comma > dot && (dot >= 0 || len(v)-comma-1 != 3): // the comma is the point
		v = strings.Replace(strings.ReplaceAll(v, ".", ""), ",", ".", 1)
	default:
		v = strings.ReplaceAll(v, ",", "")
	}
	x, err := strconv.ParseFloat(v, 64)
	return x, err == nil
}

// put adds a customer, or updates the one that has one of its keys.
func (w *customerWriter) put(c cairn.Customer, values cairn.CustomerValues) error {
	if err := c.Validate(); err != nil {
		return err
	}
	for _, key := range c.CustomerKeys() {
		id, err := w.tx.Lookup(key)
		if err != nil {
			return err
		}
		if id != 0 {
			c.ID = id
			break
		}
	}
	if c.ID != 0 {
		e, err := w.tx.Entity(c.ID)
		if err != nil {
			return err
		}
		was, err := cairn.CustomerOf(e)
		if err != nil {
			return err
		}
		was.Name = c.Name
		if c.Email != "" {
			was.Email = c.Email
		}
		if c.External != "" {
			was.External = c.External
		}
		if c.Company != 0 {
			was.Company = c.Company
		}
		c = was
	}
	if err := c.SetValues(values, w.fields); err != nil {
		return err
	}
	if err := w.app.checkCustomer(w.tx, &c); err != nil {
		return err
	}
	if c.ID != 0 {
		e, err := c.Entity()
		if err != nil {
			return err
		}
		w.out.Updated++
		return w.tx.Put(e)
	}
	c.CreatedAt = w.tx.Now()
	e, err := c.Entity()
	if err != nil {
		return err
	}
	w.out.Created++
	_, err = w.tx.Create(e)
	return err
}
