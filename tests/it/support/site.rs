//! The program of a [`TestApp`] on a port of its own, for browsers: its clock stands where the test puts it, and the
//! test reads and writes its database beside it.

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::PayloadConfig;
use actix_web::{App, HttpServer, rt};
use konkurs::{app, web};

use super::TestApp;
use super::browser::{Driver, Person};

pub struct Site {
    pub base: String,
    server: ServerHandle,
}

impl TestApp {
    /// Serves until what is returned is dropped.
    pub fn site(&self) -> Site {
        let state = self.state.clone();
        let listening = HttpServer::new(move || {
            App::new()
                .app_data(state.clone())
                .app_data(PayloadConfig::new(4 * 1024 * 1024))
                .wrap(from_fn(web::identify))
                .configure(app::configure)
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let base = format!("http://{}", listening.addrs()[0]);
        let running = listening.run();
        let server = running.handle();
        rt::spawn(running);
        Site { base, server }
    }
}

impl Site {
    /// Somebody at a browser of their own, who is not signed in. The pages on the way are checked by those who look at all
    /// of them; a test checks those that only it comes to.
    pub async fn stranger(&self, driver: &Driver, name: &str) -> Person {
        Person::at(driver, &self.base, name).await.hurried()
    }

    /// The owner of this address at a browser, signed in a moment ago.
    pub async fn person(&self, app: &TestApp, driver: &Driver, email: &str) -> Person {
        let person = self.stranger(driver, email).await;
        person.resume(&app.sign_in(email)).await;
        person
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}
