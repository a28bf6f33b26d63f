//! A real Chromium in front of the real program. Every page that is opened is
//! checked with axe-core.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::Client as Bare;
use super::database::Scratch;

/// A child process that does not outlive the test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program itself, on a free port.
pub struct Program {
    pub base: String,
    pub process: Running,
    pub scratch: Scratch,
}

/// What `wanted` finds in the output of a child; the rest of it is read and dropped,
/// so that the child can go on writing.
fn first_line<T>(child: &mut Child, wanted: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let found = lines.by_ref().find_map(|line| wanted(&line));
    std::thread::spawn(move || lines.for_each(drop));
    found
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Program {
    /// Starts `konkurs serve` or `konkurs demo` and waits until it listens.
    pub fn start(command: &str) -> Program {
        Program::start_on(command, Scratch::new())
    }

    /// The same on a database that is there already.
    pub fn start_on(command: &str, scratch: Scratch) -> Program {
        Program::start_at(command, scratch, format!("http://127.0.0.1:{}", free_port()), &[])
    }

    /// The same with settings of its own, as the variables of the program.
    pub fn start_with(command: &str, settings: &[(&str, &str)]) -> Program {
        Program::start_at(command, Scratch::new(), format!("http://127.0.0.1:{}", free_port()), settings)
    }

    /// Starts `konkurs serve` where a program that was stopped has been.
    pub fn again(self) -> Program {
        let Program { base, process, scratch } = self;
        drop(process);
        Program::start_at("serve", scratch, base, &[])
    }

    fn start_at(command: &str, scratch: Scratch, base: String, settings: &[(&str, &str)]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_konkurs"))
            .args([command, "--listen", base.trim_start_matches("http://"), "--data"])
            .arg(scratch.folder())
            .env("KONKURS_HASHING__MEMORY_KIB", "8")
            .env("KONKURS_HASHING__ROUNDS", "1")
            .env("KONKURS_DATABASE", scratch.url())
            .env("RUST_LOG", "warn")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = first_line(&mut child, |line| line.contains(&base).then_some(()));
        assert!(told.is_some(), "the program ended before it listened on {base}");
        Program { base, process: Running(child), scratch }
    }
}

/// Chromedriver on a free port.
pub struct Driver {
    url: String,
    _process: Running,
    profile: PathBuf,
}

impl Driver {
    pub fn start() -> Driver {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing: apt-get install chromium chromium-driver, or run tests/run");
        let port = first_line(&mut child, |line| {
            let (_, port) = line.split_once("successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let port = port.expect("chromedriver did not say its port");
        let profile = std::env::temp_dir().join(format!("konkurs-chromium-{port}"));
        Driver { url: format!("http://127.0.0.1:{port}"), _process: Running(child), profile }
    }

    /// A new window of its own profile.
    pub async fn window(&self, name: &str) -> Client {
        self.window_with(name, json!({})).await
    }

    /// The same of somebody whose browser runs no scripts.
    pub async fn window_without_scripts(&self, name: &str) -> Client {
        self.window_with(name, json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    async fn window_with(&self, name: &str, prefs: Value) -> Client {
        let profile = self.profile.join(name);
        let args = json!([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,1000",
            format!("--user-data-dir={}", profile.display()),
        ]);
        let mut wanted = serde_json::Map::new();
        wanted.insert("goog:chromeOptions".into(), json!({ "args": args, "prefs": prefs }));
        ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(&self.url).await.unwrap()
    }
}

/// The processes that were started with these words. Chromium outlives a driver that was killed.
fn started_with(words: &str) -> Vec<String> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = all.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| name.parse::<u32>().is_ok());
    ids.filter(|id| {
        let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(words)
    })
    .collect()
}

impl Drop for Driver {
    fn drop(&mut self) {
        let left = started_with(&self.profile.display().to_string());
        let _ = Command::new("sh").args(["-c", &format!("kill -9 {} 2>/dev/null", left.join(" "))]).status();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Somebody at a browser.
pub struct Person {
    pub client: Client,
    base: String,
    axe: String,
    hurries: bool,
}

impl Person {
    pub async fn new(driver: &Driver, program: &Program, name: &str) -> Person {
        Person::at(driver, &program.base, name).await
    }

    /// The same in front of whatever answers at `base`.
    pub async fn at(driver: &Driver, base: &str, name: &str) -> Person {
        Person { client: driver.window(name).await, base: base.to_owned(), axe: axe(), hurries: false }
    }

    /// Leaves it to others to check the pages that come, which all of them are on some other walk.
    pub fn hurried(self) -> Person {
        Person { hurries: true, ..self }
    }

    /// Goes on with the session of `client`.
    pub async fn resume(&self, client: &Bare) {
        self.client.goto(&format!("{}/healthz", self.base)).await.unwrap();
        let script = "document.cookie = 'konkurs=' + arguments[0] + '; path=/'";
        self.client.execute(script, vec![json!(client.session())]).await.unwrap();
    }

    /// Opens a page and checks it.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
        self.look().await;
    }

    /// Checks the page that came, if there is time for it.
    pub(super) async fn look(&self) {
        if !self.hurries {
            self.check().await;
        }
    }

    /// Types into the field `name`, in place of what is there.
    pub async fn fill(&self, name: &str, value: &str) {
        let script = "const e = document.getElementsByName(arguments[0])[0]; \
                      if (!e) throw new Error('no field ' + arguments[0]); \
                      if (e.type === 'checkbox' || e.type === 'radio') { \
                        const all = [...document.getElementsByName(arguments[0])]; \
                        const one = all.find(o => o.value === arguments[1]) || e; one.checked = true; } \
                      else { e.value = arguments[1]; } \
                      e.dispatchEvent(new Event('input', {bubbles: true}));";
        self.client.execute(script, vec![json!(name), json!(value)]).await.unwrap();
    }

    /// Types into every field whose name matches.
    pub async fn fill_like(&self, names: &str, value: &str) {
        let script = "for (const e of document.querySelectorAll('main input, main textarea')) \
                      if (e.type !== 'hidden' && new RegExp(arguments[0]).test(e.name)) { \
                        e.value = arguments[1]; e.dispatchEvent(new Event('input', {bubbles: true})); }";
        self.client.execute(script, vec![json!(names), json!(value)]).await.unwrap();
    }

    /// Chooses this value in every group of radios whose name matches.
    pub async fn choose_like(&self, names: &str, value: &str) {
        let script = "for (const e of document.querySelectorAll('main input[type=radio]')) \
                      if (new RegExp(arguments[0]).test(e.name) && e.value === arguments[1]) e.checked = true;";
        self.client.execute(script, vec![json!(names), json!(value)]).await.unwrap();
    }

    /// Gives every number field whose name matches so many tenths of its maximum.
    pub async fn fill_share(&self, names: &str, tenths: u32) {
        let script = "for (const e of document.querySelectorAll('main input')) \
                      if (new RegExp(arguments[0]).test(e.name)) { \
                        e.value = Math.floor(Number(e.max) * arguments[1] / 10); \
                        e.dispatchEvent(new Event('input', {bubbles: true})); }";
        self.client.execute(script, vec![json!(names), json!(tenths)]).await.unwrap();
    }

    /// What stands in the field `name`.
    pub async fn value(&self, name: &str) -> String {
        let script = "return document.getElementsByName(arguments[0])[0].value";
        self.client.execute(script, vec![json!(name)]).await.unwrap().as_str().unwrap_or_default().to_owned()
    }

    /// Chooses a file of this machine.
    pub async fn attach(&self, name: &str, file: &std::path::Path) {
        let input = self.client.find(Locator::Css(&format!("input[type=file][name=\"{name}\"]"))).await.unwrap();
        input.send_keys(&file.to_string_lossy()).await.unwrap();
    }

    /// The paths of the page that begin and end so, each once.
    pub async fn links(&self, begin: &str, end: &str) -> Vec<String> {
        let script = "return [...new Set([...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href').split('#')[0]) \
                      .filter(h => h.startsWith(arguments[0]) && h.endsWith(arguments[1])))]";
        let found = self.client.execute(script, vec![json!(begin), json!(end)]).await.unwrap();
        found.as_array().unwrap().iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    }

    /// All addresses of this program that the page links to.
    pub async fn addresses(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('a[href]')].map(a => new URL(a.href)) \
                      .filter(u => u.origin === location.origin).map(u => u.pathname + u.search)";
        let found = self.client.execute(script, vec![]).await.unwrap();
        found.as_array().unwrap().iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    }

    /// Whether there is a page at an address, and no file.
    pub async fn is_page(&self, address: &str) -> bool {
        let script = "const done = arguments[arguments.length - 1]; \
                      fetch(arguments[0]).then(r => done(r.ok && r.headers.get('content-type').startsWith('text/html')))";
        self.client.execute_async(script, vec![json!(address)]).await.unwrap() == Value::Bool(true)
    }

    /// At the width of a telephone nothing has to be scrolled sideways but wide tables in their frames.
    pub async fn fits(&self, address: &str) {
        self.client.set_window_size(360, 800).await.unwrap();
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let over = self.client.execute(script, vec![]).await.unwrap();
        assert_eq!(over, json!(0), "{address} is too wide");
        self.client.set_window_size(1280, 1000).await.unwrap();
    }

    /// The last id in the address of the page.
    pub async fn id_in_path(&self) -> String {
        let path = self.path().await;
        path.split('/').rfind(|part| part.len() == 36).unwrap_or_else(|| panic!("no id in {path}")).to_owned()
    }

    /// Presses the button or follows the link with these words, and checks the page that comes.
    pub async fn press(&self, words: &str) {
        let script = "const want = arguments[0]; \
                      const all = ['main button', 'main a', 'header button', 'header a'].flatMap(s => [...document.querySelectorAll(s)]); \
                      const e = all.find(b => b.textContent.trim().replace(/\\s+/g, ' ') === want) \
                        || all.find(b => b.textContent.trim().replace(/\\s+/g, ' ').startsWith(want)); \
                      if (!e) throw new Error('no button ' + want + ' on ' + location.href + ': ' + document.querySelector('main').innerText.slice(0, 900)); \
                      window.__old = true; e.click();";
        self.client.execute(script, vec![json!(words)]).await.unwrap_or_else(|e| panic!("{e}"));
        self.arrive(words).await;
        self.look().await;
    }

    /// Presses a button that leads to no other page.
    pub async fn click(&self, words: &str) {
        let script = "const e = [...document.querySelectorAll('main button')].find(b => b.textContent.trim() === arguments[0]); \
                      if (!e) throw new Error('no button ' + arguments[0]); e.click();";
        self.client.execute(script, vec![json!(words)]).await.unwrap_or_else(|e| panic!("{e}"));
    }

    /// Waits until the page says so by itself.
    pub async fn until(&self, words: &str) {
        let script = "const done = arguments[arguments.length - 1]; \
                      const look = () => document.querySelector('main').innerText.includes(arguments[0]); \
                      if (look()) { done(true); return; } \
                      const watch = new MutationObserver(() => { if (look()) { watch.disconnect(); done(true); } }); \
                      watch.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});";
        if let Err(e) = self.client.execute_async(script, vec![json!(words)]).await {
            panic!("„{words}” never came: {e}\n{}", self.text().await);
        }
    }

    /// Waits until the page does not say so any more.
    pub async fn until_gone(&self, words: &str) {
        let script = "const done = arguments[arguments.length - 1]; \
                      const gone = () => !document.querySelector('main').innerText.includes(arguments[0]); \
                      if (gone()) { done(true); return; } \
                      const watch = new MutationObserver(() => { if (gone()) { watch.disconnect(); done(true); } }); \
                      watch.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});";
        if let Err(e) = self.client.execute_async(script, vec![json!(words)]).await {
            panic!("„{words}” never went: {e}\n{}", self.text().await);
        }
    }

    /// Waits for the page that follows the one where something was pressed.
    pub(super) async fn arrive(&self, words: &str) {
        let script = "return window.__old === undefined && document.readyState === 'complete'";
        for _ in 0..5_000 {
            if self.client.execute(script, vec![]).await.is_ok_and(|there| there == Value::Bool(true)) {
                return;
            }
        }
        panic!("no page came after „{words}”");
    }

    /// The visible text of the page.
    pub async fn text(&self) -> String {
        let script = "return (document.querySelector('main') ?? document.documentElement).innerText";
        let text = self.client.execute(script, vec![]).await.unwrap();
        text.as_str().unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ")
    }

    pub async fn says(&self, words: &str) {
        let text = self.text().await;
        let url = self.client.current_url().await.unwrap();
        assert!(text.contains(words), "{url} does not say „{words}”:\n{text}");
    }

    /// What the page says of the deed that led to it, word for word.
    pub async fn told(&self, words: &str) {
        let script = "return [...document.querySelectorAll('.flash-place .flash:not([hidden])')].map(p => p.innerText).join(' ')";
        let told = self.client.execute(script, vec![]).await.unwrap();
        assert_eq!(told.as_str().unwrap_or_default(), words, "{}", self.text().await);
    }

    pub async fn says_not(&self, words: &str) {
        let text = self.text().await;
        assert!(!text.contains(words), "the page says „{words}”:\n{text}");
    }

    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// Signs in to the demonstration.
    pub async fn sign_in(&self, email: &str) {
        self.open("/konto/logowanie").await;
        self.fill("email", email).await;
        self.fill("password", konkurs::demo::PASSWORD).await;
        self.press("Zaloguj się").await;
    }

    /// axe-core finds nothing on the page that is open.
    pub async fn check(&self) {
        self.client.execute(&self.axe, vec![]).await.unwrap();
        let found = self
            .client
            .execute_async(
                "const done = arguments[arguments.length - 1]; \
                 axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v => \
                 v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' ; '))));",
                vec![],
            )
            .await
            .unwrap();
        let url = self.client.current_url().await.unwrap();
        assert_eq!(found, Value::Array(vec![]), "axe-core on {url}");
    }
}

/// The source of axe-core, which `tests/run` installs.
fn axe() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|e| {
        panic!("{}: {e}; tests/run installs it (npm install --prefix target/tools axe-core)", path.display())
    })
}
