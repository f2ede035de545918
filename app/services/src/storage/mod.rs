//! Where the bytes of files are kept: a directory of this machine, or a bucket of any S3-compatible service. Knows
//! nothing of what the files are; who may fetch them is decided by `uploads`.
//!
//! The two buckets of the specification are two prefixes, `public/` and `private/`. Keys are made by the program and
//! never hold anything a person typed.

mod s3;

use std::path::Path as Directory;
use std::sync::Arc;

use bytes::Bytes;
use domain::uploads::{Bucket, UploadRefused};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt as _, PutPayload};

use crate::{Outcome, ServiceError};

pub use s3::{S3Settings, use_ring};

/// The store of one instance. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Storage(Arc<dyn ObjectStore>);

/// One stored object on its way out.
pub struct Stored {
    pub bytes: u64,
    pub content: BoxStream<'static, std::io::Result<Bytes>>,
}

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("{path} can't be used: {source}")]
    Directory { path: String, source: std::io::Error },
    #[error(transparent)]
    Store(#[from] Error),
}

impl Storage {
    /// Keeps files below `directory`, which is made when it is missing.
    ///
    /// # Errors
    /// The directory can't be made or opened.
    pub fn directory(directory: &Directory) -> Result<Self, StorageError> {
        std::fs::create_dir_all(directory)
            .map_err(|source| StorageError::Directory { path: directory.display().to_string(), source })?;
        let store = LocalFileSystem::new_with_prefix(directory)?.with_automatic_cleanup(true);
        Ok(Self(Arc::new(store)))
    }

    /// Keeps files in a bucket of an S3-compatible service; nothing is asked of it yet.
    ///
    /// # Errors
    /// Settings the client can't be made from.
    pub fn s3(settings: &S3Settings) -> Result<Self, StorageError> {
        let store = s3::client(settings)?;
        Ok(match settings.prefix.trim_matches('/') {
            "" => Self(Arc::new(store)),
            prefix => Self(Arc::new(PrefixStore::new(store, prefix.to_owned()))),
        })
    }

    /// Writes one object whole: nobody ever reads a part of it.
    ///
    /// # Errors
    /// [`UploadRefused::StorageFull`]; [`ServiceError::Broken`] when the store fails.
    pub async fn put(&self, bucket: Bucket, key: &str, content: Vec<u8>) -> Outcome<()> {
        let payload = PutPayload::from(Bytes::from(content));
        self.0.put(&path(bucket, key), payload).await.map_err(failed).map(drop)
    }

    /// Opens one object; `None` when there is none.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when the store fails.
    pub async fn open(&self, bucket: Bucket, key: &str) -> Outcome<Option<Stored>> {
        match self.0.get(&path(bucket, key)).await {
            Ok(found) => Ok(Some(Stored {
                bytes: found.meta.size,
                content: found.into_stream().map_err(std::io::Error::other).boxed(),
            })),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Copies one object between the buckets. False when there is none.
    ///
    /// # Errors
    /// As [`Storage::put`].
    pub async fn copy(&self, from: Bucket, to: Bucket, key: &str) -> Outcome<bool> {
        self.copy_as((from, key), (to, key)).await
    }

    /// Copies one object under another key. False when there is none.
    ///
    /// # Errors
    /// As [`Storage::put`].
    pub async fn copy_as(&self, from: (Bucket, &str), to: (Bucket, &str)) -> Outcome<bool> {
        match self.0.copy(&path(from.0, from.1), &path(to.0, to.1)).await {
            Ok(()) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    /// Removes one object; one that is gone already is fine.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when the store fails.
    pub async fn remove(&self, bucket: Bucket, key: &str) -> Outcome<()> {
        match self.0.delete(&path(bucket, key)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// The keys in one bucket, in no order.
    ///
    /// # Errors
    /// Each item: the store failed.
    pub fn keys(&self, bucket: Bucket) -> BoxStream<'static, Outcome<String>> {
        let prefix = Path::from(directory(bucket));
        let listed = self.0.list(Some(&prefix));
        let below = format!("{prefix}/");
        listed
            .map(move |found| {
                let object = found.map_err(failed)?;
                let key = object.location.as_ref();
                Ok(key.strip_prefix(below.as_str()).unwrap_or(key).to_owned())
            })
            .boxed()
    }
}

const fn directory(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Public => "public",
        Bucket::Private => "private",
    }
}

fn path(bucket: Bucket, key: &str) -> Path {
    Path::from(format!("{}/{key}", directory(bucket)))
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function in map_err")]
fn failed(error: Error) -> ServiceError {
    let text = error.to_string();
    if is_full(&error, &text) {
        tracing::error!(error = %text, "there is no room left for files: {text}");
        return UploadRefused::StorageFull.into();
    }
    ServiceError::Broken(format!("file storage: {text}"))
}

/// A full disk, or a full quota of the disk or the service.
fn is_full(error: &Error, text: &str) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return matches!(io.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded);
        }
        cause = error.source();
    }
    text.contains("XMinioStorageFull") || text.contains("QuotaExceeded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_put_is_read_listed_copied_and_removed() {
        let directory = tempfile::tempdir().expect("a directory");
        let storage = Storage::directory(&directory.path().join("files")).expect("a store");
        storage.put(Bucket::Private, "one/256.webp", b"pixels".to_vec()).await.expect("room");
        assert!(storage.open(Bucket::Public, "one/256.webp").await.expect("an answer").is_none());
        assert!(storage.copy(Bucket::Private, Bucket::Public, "one/256.webp").await.expect("an answer"));
        assert!(!storage.copy(Bucket::Private, Bucket::Public, "two/256.webp").await.expect("an answer"));
        let found = storage.open(Bucket::Public, "one/256.webp").await.expect("an answer").expect("the copy");
        assert_eq!(found.bytes, 6);
        let content: Vec<Bytes> = found.content.try_collect().await.expect("its bytes");
        assert_eq!(content.concat(), b"pixels");
        for _ in 0..2 {
            storage.remove(Bucket::Private, "one/256.webp").await.expect("gone");
        }
        let keys = async |bucket| storage.keys(bucket).try_collect::<Vec<_>>().await.expect("a list");
        assert_eq!(keys(Bucket::Private).await, Vec::<String>::new());
        assert_eq!(keys(Bucket::Public).await, ["one/256.webp"]);
    }
}
