package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/app"
)

func (s *server) importRoutes() []endpoint {
	const tag = "Import"
	return []endpoint{
		route(op{id: "stage-import", method: post, path: "/projects/{project}/imports", tag: tag, status: 201, upload: true, about: "Upload a file of ideas or insights and see what is in it; nothing is imported yet"}, s.stageImport),
		route(op{id: "stage-customer-import", method: post, path: "/customers/imports", tag: tag, status: 201, upload: true, about: "Upload a file of customers and see what is in it; nothing is imported yet"}, s.stageCustomerImport),
		route(op{id: "list-customer-imports", method: get, path: "/customers/imports", tag: tag, about: "The imports of customers, newest first"}, s.listCustomerImports),
		route(op{id: "list-imports", method: get, path: "/projects/{project}/imports", tag: tag, about: "The imports of a project, newest first"}, s.listImports),
		route(op{id: "get-import", method: get, path: "/imports/{import}", tag: tag, about: "An import: what was found, the mapping, the counts and how far it is"}, s.getImport),
		route(op{id: "map-import", method: put, path: "/imports/{import}/mapping", tag: tag, about: "Say how the file is read and where its columns go"}, s.mapImport),
		route(op{id: "dry-run-import", method: post, path: "/imports/{import}/dry-run", tag: tag, about: "Read the whole file and say what a commit would do"}, s.dryRunImport),
		route(op{id: "commit-import", method: post, path: "/imports/{import}/commit", tag: tag, status: 202, about: "Import, or resume an interrupted import; the work goes on behind the answer"}, s.commitImport),
		route(op{id: "undo-import", method: post, path: "/imports/{import}/undo", tag: tag, about: "Take an import back as a whole"}, s.undoImport),
		route(op{id: "get-import-report", method: get, path: "/imports/{import}/report.csv", tag: tag, about: "Every refused cell, warning and kept value of the last dry run or commit"}, s.getImportReport),
		route(op{id: "delete-import", method: del, path: "/imports/{import}", tag: tag, status: 204, about: "Forget an import that has nothing in the project, with its file"}, s.deleteImport),
		route(op{id: "list-mappings", method: get, path: "/projects/{project}/mappings", tag: tag, about: "Saved mappings, newest first"}, s.listMappings),
		route(op{id: "save-mapping", method: post, path: "/projects/{project}/mappings", tag: tag, status: 201, about: "Save a mapping for later files of the same format; it is applied when they have the same columns"}, s.saveMapping),
		route(op{id: "delete-mapping", method: del, path: "/projects/{project}/mappings/{mapping}", tag: tag, status: 204, about: "Delete a saved mapping"}, s.deleteMapping),
	}
}

// ImportFile is a file that is sent.
type ImportFile struct {
	Name   string `query:"name" required:"true" maxLength:"400" doc:"The file's name; it is part of how its rows are recognised when it comes again"`
	Format string `query:"format" default:"auto" doc:"The name of a format, or auto"`

	body io.Reader
}

func (in *ImportFile) take(body io.Reader) { in.body = body }

type stageImportIn struct {
	ProjectIn
	ImportFile
	Subject string `query:"subject" enum:"ideas,insights" default:"ideas" doc:"What its rows become"`
}

type stageCustomerImportIn struct {
	ImportFile
	Subject string `query:"subject" enum:"companies,people" default:"companies" doc:"What its rows become"`
}

// subjectIn reads a subject by its name, in which ideas are called so.
func subjectIn(name string) cairn.RunSubject {
	if name == "ideas" {
		return cairn.RunIdeas
	}
	return cairn.RunSubject(name)
}

type importDetailOut struct{ Body ImportDetail }

func (s *server) stageImport(ctx context.Context, in *stageImportIn) (*importDetailOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return s.stage(ctx, p.ID, in.Subject, &in.ImportFile)
}

func (s *server) stageCustomerImport(ctx context.Context, in *stageCustomerImportIn) (*importDetailOut, error) {
	return s.stage(ctx, 0, in.Subject, &in.ImportFile)
}

func (s *server) stage(ctx context.Context, project cairn.ID, subject string, in *ImportFile) (*importDetailOut, error) {
	return s.detailOf(s.app.StageImport(ctx, callerOf(ctx), project, app.NewImport{
		Name: in.Name, Format: in.Format, Subject: subjectIn(subject), Content: &uploadLimit{r: in.body, left: s.opts.MaxUpload, most: s.opts.MaxUpload},
	}))
}

// uploadLimit ends an upload that is too large, with an error that says the
// limit.
type uploadLimit struct {
	r          io.Reader
	left, most int64
}

// Read reads up to one byte beyond the limit.
func (u *uploadLimit) Read(p []byte) (int, error) {
	if int64(len(p)) > u.left+1 {
		p = p[:u.left+1]
	}
	n, err := u.r.Read(p)
	if u.left -= int64(n); u.left < 0 {
		return 0, cairn.Errorf(cairn.CodeTooLarge, "The file is larger than %s, the most that can be uploaded here. Split it, or ask who runs this server to raise the limit", byteSize(u.most))
	}
	return n, err
}

// byteSize writes a number of bytes for people.
func byteSize(n int64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB"}
	i := 0
	for ; n >= 1024 && n%1024 == 0 && i < len(units)-1; i++ {
		n /= 1024
	}
	return strconv.FormatInt(n, 10) + " " + units[i]
}

type importsOut struct {
	Body struct {
		Imports []Import `json:"imports"`
	}
}

type listImportsIn struct {
	ProjectIn
	Subject string `query:"subject" enum:"ideas,insights" default:"ideas" doc:"What their rows became"`
}

func (s *server) listImports(ctx context.Context, in *listImportsIn) (*importsOut, error) {
	p, err := s.app.Project(callerOf(ctx), in.Project)
	if err != nil {
		return nil, err
	}
	return s.runsOf(ctx, p.ID, subjectIn(in.Subject))
}

func (s *server) listCustomerImports(ctx context.Context, _ *none) (*importsOut, error) {
	return s.runsOf(ctx, 0, cairn.RunCompanies)
}

func (s *server) runsOf(ctx context.Context, project cairn.ID, of cairn.RunSubject) (*importsOut, error) {
	runs, err := s.app.Imports(ctx, callerOf(ctx), project, of)
	if err != nil {
		return nil, err
	}
	out := &importsOut{}
	out.Body.Imports = []Import{}
	for _, r := range runs {
		out.Body.Imports = append(out.Body.Imports, s.importOut(r))
	}
	return out, nil
}

// ImportIn is the path parameter that names an import.
type ImportIn struct {
	Import cairn.ID `path:"import" doc:"The import's id"`
}

func (s *server) getImport(ctx context.Context, in *ImportIn) (*importDetailOut, error) {
	return s.detailOf(s.app.Import(ctx, callerOf(ctx), in.Import))
}

func (s *server) detailOf(d app.ImportDetail, err error) (*importDetailOut, error) {
	if err != nil {
		return nil, err
	}
	return &importDetailOut{s.importDetail(d)}, nil
}

type mapImportIn struct {
	ImportIn
	Body ImportMapping
}

func (s *server) mapImport(ctx context.Context, in *mapImportIn) (*importDetailOut, error) {
	return s.detailOf(s.app.MapImport(ctx, callerOf(ctx), in.Import, in.Body.mapping()))
}

func (s *server) dryRunImport(ctx context.Context, in *ImportIn) (*importDetailOut, error) {
	return s.detailOf(s.app.DryRunImport(ctx, callerOf(ctx), in.Import))
}

type importOutput struct{ Body Import }

func (s *server) commitImport(ctx context.Context, in *ImportIn) (*importOutput, error) {
	run, err := s.app.CommitImport(ctx, callerOf(ctx), in.Import)
	if err != nil {
		return nil, err
	}
	return &importOutput{s.importOut(run)}, nil
}

func (s *server) undoImport(ctx context.Context, in *ImportIn) (*importOutput, error) {
	run, err := s.app.UndoImport(ctx, callerOf(ctx), in.Import)
	if err != nil {
		return nil, err
	}
	return &importOutput{s.importOut(app.ImportRun{Run: run})}, nil
}

func (s *server) deleteImport(ctx context.Context, in *ImportIn) (*none, error) {
	return nil, s.app.DeleteImport(ctx, callerOf(ctx), in.Import)
}

func (s *server) getImportReport(ctx context.Context, in *ImportIn) (*streamed, error) {
	report, run, err := s.app.ImportReport(ctx, callerOf(ctx), in.Import)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(run.FileName, path.Ext(run.FileName)) + " report.csv"
	return &streamed{Body: func(w http.ResponseWriter) {
		defer report.Close() // only read
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		if _, err := io.Copy(w, report); err != nil {
			s.logger.WarnContext(ctx, "a report was not sent whole", "import", run.ID, "err", err)
		}
	}}, nil
}

type mappingsOut struct {
	Body struct {
		Mappings []SavedMapping `json:"mappings"`
	}
}

func (s *server) listMappings(ctx context.Context, in *ProjectIn) (*mappingsOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	saved, err := s.app.SavedMappings(ctx, by, p.ID)
	if err != nil {
		return nil, err
	}
	out := &mappingsOut{}
	out.Body.Mappings = []SavedMapping{}
	for _, m := range saved {
		out.Body.Mappings = append(out.Body.Mappings, savedOut(m))
	}
	return out, nil
}

type saveMappingIn struct {
	ProjectIn
	Body struct {
		Name string `json:"name"`
		ImportMapping
	}
}

type savedMappingOut struct{ Body SavedMapping }

func (s *server) saveMapping(ctx context.Context, in *saveMappingIn) (*savedMappingOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	m := in.Body.mapping()
	m.Name = in.Body.Name
	if m, err = s.app.SaveMapping(ctx, by, p.ID, m); err != nil {
		return nil, err
	}
	return &savedMappingOut{savedOut(m)}, nil
}

type deleteMappingIn struct {
	ProjectIn
	Mapping cairn.ID `path:"mapping" doc:"The saved mapping's id"`
}

func (s *server) deleteMapping(ctx context.Context, in *deleteMappingIn) (*none, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return nil, s.app.DeleteMapping(ctx, by, p.ID, in.Mapping)
}
