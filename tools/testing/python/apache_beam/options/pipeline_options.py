class PipelineOptions:
    def __init__(self, flags, save_main_session=False):
        assert isinstance(flags, list)
        self.saves_main = save_main_session
