//! argon2id, with parameters from the configuration (cheap ones in tests).

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

use crate::error::AppError;

/// The cost of one hash.
#[derive(Clone, Copy, Debug)]
pub struct Hashing {
    /// KiB of memory.
    pub memory: u32,
    pub rounds: u32,
}

/// Shortest password that is taken, in characters.
pub const SHORTEST: usize = 12;

impl Hashing {
    fn argon(self) -> Result<Argon2<'static>, AppError> {
        let params = Params::new(self.memory, self.rounds, 1, None).map_err(|e| AppError::internal(e.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// # Errors
    /// `Internal` for impossible parameters.
    pub fn hash(self, password: &str) -> Result<String, AppError> {
        let hash = self.argon()?.hash_password(password.as_bytes()).map_err(|e| AppError::internal(e.to_string()))?;
        Ok(hash.to_string())
    }

    /// Whether `password` fits `hash`; takes as long for an unreadable hash, so
    /// that an unknown account cannot be told by the clock.
    #[must_use]
    pub fn fits(self, password: &str, hash: &str) -> bool {
        let Ok(argon) = self.argon() else { return false };
        match PasswordHash::new(hash) {
            Ok(parsed) => argon.verify_password(password.as_bytes(), &parsed).is_ok(),
            Err(_) => {
                let _ = argon.hash_password(password.as_bytes());
                false
            }
        }
    }
}

/// Says what is wrong with a new password.
///
/// # Errors
/// A Polish sentence.
pub fn check_new(password: &str, repeated: &str) -> Result<(), String> {
    let length = password.chars().count();
    if length == 0 {
        return Err("Wpisz hasło.".into());
    }
    if length < SHORTEST {
        return Err(format!("Hasło ma {length} znaków, a potrzeba co najmniej {SHORTEST}. Użyj kilku słów."));
    }
    if length > 200 {
        return Err(format!("Hasło ma {length} znaków, najwyżej może mieć 200."));
    }
    if password != repeated {
        return Err("Hasła w obu polach różnią się. Wpisz to samo hasło dwa razy.".into());
    }
    Ok(())
}
