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
        self.keep(&place(&key), bytes)?;
        Ok(key)
    }

    fn keep(&self, path: &ObjectPath, bytes: Vec<u8>) -> Result<(), AppError> {
        block_on(self.objects.put(path, PutPayload::from(bytes))).map_err(|e| away(&e))?;
        Ok(())
    }

    /// Writes something small, as a file is written, and takes it away again: whether a file could be kept now.
    ///
    /// # Errors
    /// `Unavailable` when the disk is full or away.
    pub fn prove(&self, by: &str) -> Result<(), AppError> {
        let no = piece(&digest_bytes(by.as_bytes()), 0);
        self.keep(&no, by.as_bytes().to_vec())?;
        block_on(self.objects.delete(&no)).map_err(|e| away(&e))
    }

    /// The bytes under `key`, checked against it.
    ///
    /// # Errors
    /// `NotFound` when there is no such file, `Internal` when its bytes have changed.
    pub fn get(&self, key: &str) -> Result<Vec<u8>, AppError> {
        self.checked(&place(key), key)
    }

    /// The bytes at `path`, which must have this digest.
    fn checked(&self, path: &ObjectPath, key: &str) -> Result<Vec<u8>, AppError> {
        let bytes = block_on(async { self.objects.get(path).await?.bytes().await }).map_err(|e| {
            if matches!(e, object_store::Error::NotFound { .. }) { AppError::NotFound } else { away(&e) }
        })?;
        if digest_bytes(&bytes) == key {
            Ok(bytes.to_vec())
        } else {
            Err(AppError::internal(format!("plik {key} ma zmienioną treść")))
        }
    }

    /// Keeps piece number `no` of a file that is still on its way; returns the digest of the piece.
    ///
    /// # Errors
    /// `Unavailable` when the disk is full or away; nothing is kept then.
    pub fn put_piece(&self, of: &str, no: usize, bytes: Vec<u8>) -> Result<FileKey, AppError> {
        let key = digest_bytes(&bytes);
        self.keep(&piece(of, no), bytes)?;
        Ok(key)
    }

    /// A piece, checked against its digest.
    ///
    /// # Errors
    /// `NotFound` when it is not there, `Internal` when its bytes are others.
    pub fn piece(&self, of: &str, no: usize, key: &str) -> Result<Vec<u8>, AppError> {
        self.checked(&piece(of, no), key)
    }

    /// Removes the first `count` pieces; one that is not there is none to remove.
    ///
    /// # Errors
    /// `Unavailable` when the disk is away.
    pub fn drop_pieces(&self, of: &str, count: usize) -> Result<(), AppError> {
        (0..count).try_for_each(|no| self.drop_piece(of, no))
    }

    /// Removes one piece; one that is not there is none to remove.
    ///
    /// # Errors
    /// `Unavailable` when the disk is away.
    pub fn drop_piece(&self, of: &str, no: usize) -> Result<(), AppError> {
        match block_on(self.objects.delete(&piece(of, no))) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(away(&e)),
        }
    }
}

/// Pieces stand in a flat folder of their own: no file of theirs can be taken for a kept one, and nothing has to be
/// listed to remove them.
fn piece(of: &str, no: usize) -> ObjectPath {
    ObjectPath::from(format!("partial/{of}-{no}"))
}

fn place(key: &str) -> ObjectPath {
    let folder = key.get(..2).unwrap_or("xx");
    ObjectPath::from(format!("{folder}/{key}"))
}

fn away(e: &dyn std::error::Error) -> AppError {
    AppError::Unavailable(format!("zapis plików: {e}"))
}
