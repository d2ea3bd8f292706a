# Facts about filer.models.virtualitems, written by generate.py.


class DummyFolder:
    file_type = 'DummyFolder'
    is_root = True
    is_smart_folder = True
    can_have_subfolders = False
    parent = None
    parent_url = None

    @property
    def virtual_folders(self): ...

    @property
    def children(self): ...

    @property
    def files(self): ...

    @property
    def image_files(self): ...

    @property
    def logical_path(self): ...


class UnsortedImages(DummyFolder):
    is_root = True
    is_unsorted_uploads = True

    @property
    def files(self): ...

    def get_admin_directory_listing_url_path(self, *args, **kwargs): ...


class ImagesWithMissingData(DummyFolder):
    is_root = True

    @property
    def files(self): ...

    def get_admin_directory_listing_url_path(self, *args, **kwargs): ...


class FolderRoot(DummyFolder):
    is_root = True
    is_smart_folder = False
    can_have_subfolders = True
    parent_url = None

    @property
    def virtual_folders(self): ...

    @property
    def children(self): ...

    def contains_folder(self, *args, **kwargs): ...

    def get_admin_directory_listing_url_path(self, *args, **kwargs): ...
