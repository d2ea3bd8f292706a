//! The schema as editors use it: yaml-language-server is driven over its protocol (LSP, JSON-RPC on
//! standard input and output) and asked what it offers and what it finds wrong.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use rules::schema;
use rules::write::MODELINE;
use serde_json::{Value, json};

use crate::desk::{corpus, loads};
use crate::skip;

/// The script of the server, if one was installed.
fn script() -> Option<PathBuf> {
    std::env::var_os("OUTGROW_YAML_LANGUAGE_SERVER")
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

struct Server {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    requests: u64,
    folder: PathBuf,
}

impl Server {
    /// Starts it on a folder that holds the schema beside the rules, as `rules init` leaves it.
    fn start(script: &Path, folder: &Path) -> Self {
        std::fs::write(folder.join("rules.schema.json"), schema::schema_text()).expect("written");
        let mut process = Command::new("node")
            .arg(script)
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts the language server");
        let to = process.stdin.take().expect("piped");
        let from = BufReader::new(process.stdout.take().expect("piped"));
        let mut server = Self { process, to, from, requests: 0, folder: folder.to_owned() };
        let capabilities = json!({
            "workspace": {"configuration": true},
            "textDocument": {"completion": {}, "publishDiagnostics": {}},
        });
        let root = server.uri("");
        let params = json!({"processId": null, "rootUri": root, "capabilities": capabilities});
        server.ask("initialize", &params);
        server.send(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
        server
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.display())
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("it listens");
        self.to.flush().expect("it listens");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).expect("UTF-8") > 0, "the server went away");
            match line.trim_end() {
                "" => break,
                line => {
                    if let Some(number) = line.strip_prefix("Content-Length: ") {
                        length = number.parse().expect("a length");
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).expect("the whole message");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// The first message that is wanted; what the server asks on the way is answered.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.receive();
            if wanted(&message) {
                return message;
            }
            if message["method"] == "workspace/configuration" {
                let yaml = json!({"validate": true, "completion": true});
                let items = message["params"]["items"].as_array().cloned().unwrap_or_default();
                let of =
                    |item: &Value| if item["section"] == "yaml" { &yaml } else { &Value::Null };
                let result: Vec<&Value> = items.iter().map(of).collect();
                let answer = json!({"jsonrpc": "2.0", "id": message["id"], "result": result});
                self.send(&answer);
            } else if message.get("method").is_some() && message.get("id").is_some() {
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": null}));
            }
        }
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.requests += 1;
        // The server numbers its own requests from 0; ours must not be mistaken for theirs.
        let id = format!("r{}", self.requests);
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(|message| message["id"] == id.as_str())["result"].clone()
    }

    /// Opens a file; what the server finds wrong with it.
    fn open(&mut self, name: &str, text: &str) -> Vec<String> {
        let uri = self.uri(name);
        let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        let params = json!({"textDocument": document});
        self.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params}));
        let method = "textDocument/publishDiagnostics";
        let said = self.wait(|m| m["method"] == method && m["params"]["uri"] == uri.as_str());
        let found = said["params"]["diagnostics"].as_array().cloned().unwrap_or_default();
        found.iter().map(|problem| problem["message"].to_string()).collect()
    }

    /// What it offers at the end of a file: the label and its documentation.
    fn completions(&mut self, name: &str, text: &str) -> Vec<(String, String)> {
        self.open(name, text);
        let last = text.lines().last().unwrap_or_default();
        let position = json!({"line": text.lines().count() - 1, "character": last.len()});
        let params = json!({"textDocument": {"uri": self.uri(name)}, "position": position});
        let offered = self.ask("textDocument/completion", &params);
        let items = offered["items"].as_array().cloned().unwrap_or_default();
        let one = |item: &Value| {
            let documentation = &item["documentation"];
            let text = documentation["value"].as_str().or(documentation.as_str());
            let label = item["label"].as_str().unwrap_or_default();
            (label.to_owned(), text.unwrap_or_default().to_owned())
        };
        items.iter().map(one).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have gone by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn an_editor_offers_documented_words_and_finds_what_the_loader_finds() {
    let Some(script) = script() else {
        return skip("no yaml-language-server: OUTGROW_YAML_LANGUAGE_SERVER names no file");
    };
    let folder = std::env::temp_dir().join(format!("outgrow-lsp-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    let mut server = Server::start(&script, &folder);
    let route = format!("{MODELINE}\nroutes:\n  - name: a\n    match: {{django: a/}}\n    ");
    let stages = server.completions("stages.yaml", &format!("{route}stage: "));
    let words: Vec<&str> = stages.iter().map(|(label, _)| label.as_str()).collect();
    for word in ["legacy", "shadow", "canary", "native", "retired"] {
        assert!(words.contains(&word), "{word} is not among {words:?}");
    }
    let keys = server.completions("keys.yaml", &route);
    let labels: Vec<&str> = keys.iter().map(|(label, _)| label.as_str()).collect();
    for key in ["stage", "canary", "fallback", "promote", "trailing_slash", "compare"] {
        assert!(labels.contains(&key), "{key} is not among {labels:?}");
    }
    for (label, documentation) in stages.iter().chain(&keys) {
        assert!(documentation.len() > 3, "{label} is offered without documentation");
    }
    let mut wrong = Vec::new();
    for (number, (yaml, _)) in corpus().into_iter().enumerate() {
        let found = server.open(&format!("{number}.yaml"), &format!("{MODELINE}\n{yaml}\n"));
        if found.is_empty() != loads(&yaml) {
            wrong.push(format!("{yaml}\n  loads: {}, the server: {found:?}", loads(&yaml)));
        }
    }
    drop(server);
    std::fs::remove_dir_all(&folder).expect("the temporary folder can be removed");
    assert!(wrong.is_empty(), "the editor and the loader disagree:\n{}", wrong.join("\n"));
}
