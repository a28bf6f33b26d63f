//! Files stand outside the database, named by the SHA-256 of their bytes, so the
//! same file is kept once and a changed one is noticed.

use std::path::Path;
use std::sync::Arc;

use futures_executor::block_on;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use crate::error::AppError;
use crate::store::digest_bytes;

/// The name of a kept file: the SHA-256 of its bytes in lower-case hex.
pub type FileKey = String;

#[derive(Clone)]
pub struct Files {
    objects: Arc<dyn ObjectStore>,
}

impl Files {
    /// Files in a folder, which is made when it is missing.
    ///
    /// # Errors
    /// `Unavailable` when the folder cannot be made or read.
    pub fn folder(path: &Path) -> Result<Files, AppError> {
        std::fs::create_dir_all(path).map_err(|e| away(&e))?;
        let objects = LocalFileSystem::new_with_prefix(path).map_err(|e| away(&e))?.with_fsync(true);
        Ok(Files { objects: Arc::new(objects) })
    }

    /// Keeps `bytes`; the name is their digest. Called from worker threads only.
    ///
    /// # Errors
    /// `Unavailable` when the disk is full or away; nothing is kept then.
    pub fn put(&self, bytes: Vec<u8>) -> Result<FileKey, AppError> {
        let key = digest_bytes(&bytes);
        let path = place(&key);
        block_on(self.objects.put(&path, PutPayload::from(bytes))).map_err(|e| away(&e))?;
        Ok(key)
    }

    /// The bytes under `key`, checked against it.
    ///
    /// # Errors
    /// `NotFound` when there is no such file, `Internal` when its bytes have changed.
    pub fn get(&self, key: &str) -> Result<Vec<u8>, AppError> {
        let path = place(key);
        let bytes = block_on(async { self.objects.get(&path).await?.bytes().await }).map_err(|e| {
            if matches!(e, object_store::Error::NotFound { .. }) { AppError::NotFound } else { away(&e) }
        })?;
        if digest_bytes(&bytes) == key {
            Ok(bytes.to_vec())
        } else {
            Err(AppError::internal(format!("plik {key} ma zmienioną treść")))
        }
    }
}

fn place(key: &str) -> ObjectPath {
    let folder = key.get(..2).unwrap_or("xx");
    ObjectPath::from(format!("{folder}/{key}"))
}

fn away(e: &dyn std::error::Error) -> AppError {
    AppError::Unavailable(format!("zapis plików: {e}"))
}
