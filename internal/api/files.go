package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) fileRoutes() []endpoint {
	const tag = "Files"
	return []endpoint{
		route(op{id: "list-idea-files", method: get, path: "/ideas/{idea}/files", tag: tag, about: "The files attached to an idea, oldest first"}, s.listIdeaFiles),
		route(op{id: "attach-idea-file", method: post, path: "/ideas/{idea}/files", tag: tag, status: 201, upload: true, about: "Attach a file to an idea; its content is the body"}, s.attachIdeaFile),
		route(op{id: "list-view-files", method: get, path: "/views/{view}/files", tag: tag, about: "The files attached to a view, oldest first"}, s.listViewFiles),
		route(op{id: "attach-view-file", method: post, path: "/views/{view}/files", tag: tag, status: 201, upload: true, about: "Attach a file to a view; its content is the body"}, s.attachViewFile),
		route(op{id: "list-insight-files", method: get, path: "/insights/{insight}/files", tag: tag, about: "The files attached to an insight and to what was merged into it, oldest first"}, s.listInsightFiles),
		route(op{id: "attach-insight-file", method: post, path: "/insights/{insight}/files", tag: tag, status: 201, upload: true, about: "Attach a file to an insight; its content is the body"}, s.attachInsightFile),
		route(op{id: "delete-file", method: del, path: "/files/{file}", tag: tag, status: 204, about: "Delete an attached file; undo brings it back"}, s.deleteFile),
	}
}

// File is an attached file on the wire.
type File struct {
	ID        cairn.ID  `json:"id"`
	Name      string    `json:"name"`
	Type      string    `json:"type" doc:"By what the content is, never by the name"`
	Size      int64     `json:"size"`
	Width     int       `json:"width,omitempty"`
	Height    int       `json:"height,omitempty"`
	Inline    bool      `json:"inline" doc:"An image that can be shown in a page; everything else is downloaded"`
	URL       string    `json:"url" doc:"Where its content is"`
	Author    cairn.ID  `json:"author,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
}

func fileOut(f cairn.File) File {
	return File{
		ID: f.ID, Name: f.Name, Type: f.Type, Size: f.Size, Width: f.Width, Height: f.Height, Inline: f.Inline(),
		URL: prefix + "/files/" + f.ID.String() + "/content", Author: f.Author, CreatedAt: f.CreatedAt,
	}
}

type filesOut struct {
	Body struct {
		Files []File `json:"files"`
	}
}

func fileList(list []cairn.File, err error) (*filesOut, error) {
	if err != nil {
		return nil, err
	}
	out := &filesOut{}
	out.Body.Files = []File{}
	for _, f := range list {
		out.Body.Files = append(out.Body.Files, fileOut(f))
	}
	return out, nil
}

func (s *server) listIdeaFiles(ctx context.Context, in *IdeaIn) (*filesOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	return fileList(s.app.Files(ctx, by, app.About{Kind: cairn.KindIdea, ID: id}))
}

func (s *server) listViewFiles(ctx context.Context, in *ViewIn) (*filesOut, error) {
	return fileList(s.app.Files(ctx, callerOf(ctx), app.About{Kind: cairn.KindView, ID: in.View}))
}

func (s *server) listInsightFiles(ctx context.Context, in *InsightIn) (*filesOut, error) {
	return fileList(s.app.Files(ctx, callerOf(ctx), in.about()))
}

// Upload is a file that comes as the body.
type Upload struct {
	Name string `query:"name" required:"true" maxLength:"400" doc:"The file's name; what the file is follows from its content"`

	body io.Reader
}

func (in *Upload) take(body io.Reader) { in.body = body }

type attachIdeaFileIn struct {
	IdeaIn
	Upload
}

type attachViewFileIn struct {
	ViewIn
	Upload
}

type attachInsightFileIn struct {
	InsightIn
	Upload
}

type fileOutput struct{ Body File }

func (s *server) attach(ctx context.Context, on app.About, in Upload) (*fileOutput, error) {
	f, err := s.app.AttachFile(ctx, callerOf(ctx), on, app.NewFile{Name: in.Name, Content: in.body})
	if err != nil {
		return nil, err
	}
	return &fileOutput{fileOut(f)}, nil
}

func (s *server) attachIdeaFile(ctx context.Context, in *attachIdeaFileIn) (*fileOutput, error) {
	id, err := s.app.ResolveIdea(ctx, callerOf(ctx), in.Idea)
	if err != nil {
		return nil, err
	}
	return s.attach(ctx, app.About{Kind: cairn.KindIdea, ID: id}, in.Upload)
}

func (s *server) attachViewFile(ctx context.Context, in *attachViewFileIn) (*fileOutput, error) {
	return s.attach(ctx, app.About{Kind: cairn.KindView, ID: in.View}, in.Upload)
}

func (s *server) attachInsightFile(ctx context.Context, in *attachInsightFileIn) (*fileOutput, error) {
	return s.attach(ctx, in.about(), in.Upload)
}

type fileIn struct {
	File cairn.ID `path:"file" doc:"The file's id"`
}

func (s *server) deleteFile(ctx context.Context, in *fileIn) (*none, error) {
	return nil, s.app.DeleteFile(ctx, callerOf(ctx), in.File)
}

// fileContent serves the content of an attached file so that nothing in it can
// run: only images of dots are shown, everything else is a stream of bytes to
// download, and a page made of either is an empty sandbox.
func (s *server) fileContent(w http.ResponseWriter, r *http.Request) {
	s.serveFile(w, r, "file-content", func(ctx context.Context, by app.Caller, id cairn.ID) (served, error) {
		f, blob, err := s.app.OpenFile(ctx, by, id)
		return served{f, blob, f.Type, f.SHA256}, err
	})
}

// fileThumbnail serves a small picture of an attached image in the same way, or
// the image itself where there is none.
func (s *server) fileThumbnail(w http.ResponseWriter, r *http.Request) {
	s.serveFile(w, r, "file-thumbnail", func(ctx context.Context, by app.Caller, id cairn.ID) (served, error) {
		t, err := s.app.OpenThumbnail(ctx, by, id)
		tag := t.File.SHA256
		if t.Small {
			tag += "-small"
		}
		return served{t.File, t.Content, t.Type, tag}, err
	})
}

// served is a content of a file, of a media type, and the tag by which browsers
// know it again.
type served struct {
	file       cairn.File
	content    io.ReadSeekCloser
	media, tag string
}

func (s *server) serveFile(w http.ResponseWriter, r *http.Request, route string, open func(context.Context, app.Caller, cairn.ID) (served, error)) {
	info := requestInfoOf(r.Context())
	info.route = route
	if err := s.admit(r.Context(), op{method: http.MethodGet}); err != nil {
		s.writeProblem(w, r, err)
		return
	}
	id, err := cairn.ParseID(r.PathValue("file"))
	if err != nil {
		s.writeProblem(w, r, cairn.NotFound("The file"))
		return
	}
	it, err := open(r.Context(), info.caller, id)
	if err != nil {
		s.writeProblem(w, r, err)
		return
	}
	defer it.content.Close() // only read
	media, how := "application/octet-stream", "attachment"
	if it.file.Inline() {
		media, how = it.media, "inline"
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": it.file.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	// Who may see it is asked each time; the content itself never changes.
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+it.tag+`"`)
	http.ServeContent(w, r, "", it.file.CreatedAt, it.content)
}
